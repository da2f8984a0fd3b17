// An API on Go's standard library alone, of Go 1.19 or newer.
//
//	ISSUER=… JWKS_URL=… AUDIENCE=… PORT=8080 go run go_standard_library.go
//	watchword check api --start "go run go_standard_library.go" --path /me
package main

import (
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
	"regexp"
	"strings"
	"sync"
	"time"
	"unicode/utf8"
)

const (
	cacheFor  = 5 * time.Minute
	coolDown  = 10 * time.Second
	patience  = 3 * time.Second
	tokenType = "at+jwt"
)

var (
	issuer      = os.Getenv("ISSUER")
	audience    = os.Getenv("AUDIENCE")
	errRefused  = errors.New("the token is not valid")
	credentials = regexp.MustCompile(`^(?i:Bearer) +([\w-]+)\.([\w-]+)\.([\w-]+)$`)
	// Strict, so that one signature has one spelling.
	base64url = base64.RawURLEncoding.Strict()
	keys      = keySet{url: os.Getenv("JWKS_URL"), client: http.Client{Timeout: patience, CheckRedirect: noRedirect}}
)

type object = map[string]any

type keySet struct {
	url     string
	client  http.Client
	mutex   sync.Mutex
	known   map[string]ed25519.PublicKey
	triedAt time.Time
	err     error
}

func noRedirect(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }

// find returns a key by its id. Who asks while the set is being fetched waits, so that many strangers cause one fetch.
func (set *keySet) find(kid string) (ed25519.PublicKey, error) {
	set.mutex.Lock()
	defer set.mutex.Unlock()
	key, isKnown := set.known[kid]
	if age := time.Since(set.triedAt); age > cacheFor || (!isKnown && age > coolDown) {
		set.triedAt = time.Now()
		set.err = set.fetch()
		key, isKnown = set.known[kid]
	}
	switch {
	case isKnown:
		return key, nil
	case set.err != nil:
		return nil, set.err
	default:
		return nil, errRefused
	}
}

func (set *keySet) fetch() error {
	answer, err := set.client.Get(set.url)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("the key set was answered with %s", answer.Status)
	}
	var published struct{ Keys []json.RawMessage }
	if err := json.NewDecoder(io.LimitReader(answer.Body, 1<<20)).Decode(&published); err != nil {
		return err
	}
	known := map[string]ed25519.PublicKey{}
	for _, entry := range published.Keys {
		// One entry that is no usable key must not spoil the others (RFC 7517, section 5).
		var jwk struct{ Kty, Crv, Kid, X string }
		if json.Unmarshal(entry, &jwk) != nil || jwk.Kty != "OKP" || jwk.Crv != "Ed25519" || jwk.Kid == "" {
			continue
		}
		if x, err := base64url.DecodeString(jwk.X); err == nil && len(x) == ed25519.PublicKeySize {
			known[jwk.Kid] = x
		}
	}
	set.known = known
	return nil
}

// parse reads a JSON object by its members' exact names: decoded into a struct, "SUB" would be taken for "sub".
func parse(segment string) (parsed object) {
	// encoding/json would write U+FFFD over what is no UTF-8.
	if octets, err := base64url.DecodeString(segment); err == nil && utf8.Valid(octets) {
		_ = json.Unmarshal(octets, &parsed)
	}
	return parsed
}

func verify(authorization string) (subject string, err error) {
	parts := credentials.FindStringSubmatch(authorization)
	if parts == nil {
		return "", errRefused
	}
	header := parse(parts[1])
	kind, _ := header["typ"].(string)
	kid, _ := header["kid"].(string)
	_, isCritical := header["crit"]
	if header["alg"] != "EdDSA" || isCritical || strings.TrimPrefix(strings.ToLower(kind), "application/") != tokenType {
		return "", errRefused
	}
	key, err := keys.find(kid)
	if err != nil {
		return "", err
	}
	signature, err := base64url.DecodeString(parts[3])
	if err != nil || !ed25519.Verify(key, []byte(parts[1]+"."+parts[2]), signature) {
		return "", errRefused
	}
	return verifyClaims(parse(parts[2]), float64(time.Now().Unix()))
}

func verifyClaims(claims object, now float64) (subject string, err error) {
	subject, _ = claims["sub"].(string)
	expiry, hasExpiry := claims["exp"].(float64)
	_, hasIssued := claims["iat"].(float64)
	begin, isDate := claims["nbf"].(float64)
	_, hasBegin := claims["nbf"]
	switch {
	case claims["iss"] != issuer, !names(claims["aud"], audience), subject == "":
	case !hasExpiry, expiry <= now, !hasIssued, hasBegin && !(isDate && begin <= now):
	default:
		return subject, nil
	}
	return "", errRefused
}

// names says whether a name is the audience, or in its list.
func names(audience any, name string) bool {
	list, isList := audience.([]any)
	if !isList {
		list = []any{audience}
	}
	for _, each := range list {
		if each == name {
			return true
		}
	}
	return false
}

func answer(response http.ResponseWriter, status int, body object) {
	response.Header().Set("Content-Type", "application/json")
	response.Header().Set("Cache-Control", "no-store")
	response.Header().Set("X-Content-Type-Options", "nosniff")
	response.WriteHeader(status)
	_ = json.NewEncoder(response).Encode(body)
}

func me(response http.ResponseWriter, request *http.Request) {
	authorization := request.Header.Get("Authorization")
	subject, err := verify(authorization)
	switch {
	case err == nil:
		answer(response, http.StatusOK, object{"sub": subject})
	case authorization == "":
		response.Header().Set("WWW-Authenticate", `Bearer realm="api"`)
		answer(response, http.StatusUnauthorized, object{"message": "A token is needed"})
	case errors.Is(err, errRefused):
		response.Header().Set("WWW-Authenticate", `Bearer realm="api", error="invalid_token"`)
		answer(response, http.StatusUnauthorized, object{"message": "The token is not valid"})
	default:
		log.Print(err)
		response.Header().Set("Retry-After", "5")
		answer(response, http.StatusServiceUnavailable, object{"message": "Try again later"})
	}
}

func main() {
	http.HandleFunc("/me", me)
	server := http.Server{Addr: "127.0.0.1:" + os.Getenv("PORT"), ReadHeaderTimeout: patience}
	log.Fatal(server.ListenAndServe())
}
