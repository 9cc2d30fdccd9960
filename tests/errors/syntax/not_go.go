package p

/* ERROR "syntax error: non-declaration statement outside function body" */ class Foo {}
def f(): pass
public static void main() {}
let x = 5;
fn main() {}
/* ERROR "invalid character U+0023 '#'" */ #include <stdio.h>
while (true) {}
int x = 1;
for (int i = 0; i < 10; i++) {}
