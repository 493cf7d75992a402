// SPDX-License-Identifier: MIT
// Says of each request its method, target and the length of its content.
package main

import (
	"encoding/json"
	"io"
	"net/http"
	"os"
	"sync"
)

func main() {
	file, _ := os.OpenFile(os.Args[2], os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	var once sync.Mutex
	handler := func(w http.ResponseWriter, r *http.Request) {
		length, failure := io.Copy(io.Discard, r.Body)
		if failure == nil {
			line, _ := json.Marshal([]interface{}{r.Method, r.RequestURI, length})
			once.Lock()
			file.Write(append(line, '\n'))
			once.Unlock()
		}
		io.WriteString(w, "ok")
	}
	http.ListenAndServe("127.0.0.1:"+os.Args[1], http.HandlerFunc(handler))
}
