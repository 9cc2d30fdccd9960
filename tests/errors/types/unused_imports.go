package p

import (
	/* ERROR `"fmt" imported and not used` */ "fmt"
	/* ERROR `"strings" imported as str and not used` */ str "strings"
	_ "sort"
	/* ERROR `"errors" imported and not used` */ . "errors"
	"time"
)

var _ = time.Second
