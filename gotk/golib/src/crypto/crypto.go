// SPDX-License-Identifier: BSD-3-Clause

// Package crypto names the cryptographic hash functions, and has the interfaces of keys and signers.
package crypto

import (
	"hash"
	"io"
	"strconv"
)

// Hash is a hash function, if a package that implements it is imported.
type Hash uint

const (
	MD4         Hash = 1 + iota // not in this library
	MD5                         // crypto/md5
	SHA1                        // crypto/sha1
	SHA224                      // crypto/sha256
	SHA256                      // crypto/sha256
	SHA384                      // crypto/sha512
	SHA512                      // crypto/sha512
	MD5SHA1                     // no implementation
	RIPEMD160                   // not in this library
	SHA3_224                    // not in this library
	SHA3_256                    // not in this library
	SHA3_384                    // not in this library
	SHA3_512                    // not in this library
	SHA512_224                  // crypto/sha512
	SHA512_256                  // crypto/sha512
	BLAKE2s_256                 // not in this library
	BLAKE2b_256                 // not in this library
	BLAKE2b_384                 // not in this library
	BLAKE2b_512                 // not in this library
	MLDSAMu                     // no implementation
	count
)

var functions = [count]struct {
	name string
	size int
	make func() hash.Hash
}{
	MD4: {"MD4", 16, nil}, MD5: {"MD5", 16, nil}, SHA1: {"SHA-1", 20, nil}, SHA224: {"SHA-224", 28, nil}, SHA256: {"SHA-256", 32, nil},
	SHA384: {"SHA-384", 48, nil}, SHA512: {"SHA-512", 64, nil}, MD5SHA1: {"MD5+SHA1", 36, nil}, RIPEMD160: {"RIPEMD-160", 20, nil},
	SHA3_224: {"SHA3-224", 28, nil}, SHA3_256: {"SHA3-256", 32, nil}, SHA3_384: {"SHA3-384", 48, nil}, SHA3_512: {"SHA3-512", 64, nil},
	SHA512_224: {"SHA-512/224", 28, nil}, SHA512_256: {"SHA-512/256", 32, nil}, BLAKE2s_256: {"BLAKE2s-256", 32, nil},
	BLAKE2b_256: {"BLAKE2b-256", 32, nil}, BLAKE2b_384: {"BLAKE2b-384", 48, nil}, BLAKE2b_512: {"BLAKE2b-512", 64, nil},
	MLDSAMu: {"ML-DSA-μ", 64, nil},
}

func (h Hash) known() bool { return 0 < h && h < count }

// HashFunc returns h: a Hash is a SignerOpts.
func (h Hash) HashFunc() Hash { return h }

func (h Hash) String() string {
	if h.known() {
		return functions[h].name
	}
	return "unknown hash value " + strconv.Itoa(int(h))
}

// Size returns the size of a hash in bytes; the package need not be imported.
func (h Hash) Size() int {
	if h.known() {
		return functions[h].size
	}
	panic("crypto: Size of unknown hash function")
}

// Available reports whether the program imports the package.
func (h Hash) Available() bool { return h.known() && functions[h].make != nil }

// New returns a running hash.
func (h Hash) New() hash.Hash {
	if h.Available() {
		return functions[h].make()
	}
	panic("crypto: requested hash function #" + strconv.Itoa(int(h)) + " is unavailable")
}

// RegisterHash is how a package says that it implements h.
func RegisterHash(h Hash, f func() hash.Hash) {
	if h >= count {
		panic("crypto: RegisterHash of unknown hash function")
	}
	functions[h].make = f
}

type (
	// PublicKey is of a type that its algorithm knows.
	PublicKey any
	// PrivateKey is of a type that its algorithm knows.
	PrivateKey any
	// DecrypterOpts are an algorithm's options.
	DecrypterOpts any
)

// SignerOpts say which hash a signature is of; 0: of the message itself.
type SignerOpts interface {
	HashFunc() Hash
}

// Signer signs digests.
type Signer interface {
	Public() PublicKey
	Sign(rand io.Reader, digest []byte, opts SignerOpts) (signature []byte, err error)
}

// MessageSigner is a Signer that can hash the message itself.
type MessageSigner interface {
	Signer
	SignMessage(rand io.Reader, msg []byte, opts SignerOpts) (signature []byte, err error)
}

// Decrypter decrypts.
type Decrypter interface {
	Public() PublicKey
	Decrypt(rand io.Reader, msg []byte, opts DecrypterOpts) (plaintext []byte, err error)
}

// Encapsulator is the public half of a key encapsulation.
type Encapsulator interface {
	Bytes() []byte
	Encapsulate() (sharedKey, ciphertext []byte)
}

// Decapsulator is the private half of a key encapsulation.
type Decapsulator interface {
	Encapsulator() Encapsulator
	Decapsulate(ciphertext []byte) (sharedKey []byte, err error)
}

// SignMessage signs msg, or its hash if the signer can't do that itself.
func SignMessage(signer Signer, rand io.Reader, msg []byte, opts SignerOpts) (signature []byte, err error) {
	if s, ok := signer.(MessageSigner); ok {
		return s.SignMessage(rand, msg, opts)
	}
	if f := opts.HashFunc(); f != 0 {
		h := f.New()
		h.Write(msg)
		msg = h.Sum(nil)
	}
	return signer.Sign(rand, msg, opts)
}
