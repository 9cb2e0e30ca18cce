// Command import imports a policy bundle from a file or a link, with Go's standard library alone (Go 1.19 or later).
//
//	go run import.go POLICY.policy.json        go run import.go 'https://…/#1.…'
//
// It prints the policy's digest, and its rules with everything said; whatever is not certainly right is refused.
package main

import (
	"bytes"
	"compress/flate"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"regexp"
	"sort"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

const (
	limit            = 4 << 20
	mostAlternatives = 1000
)

var (
	span   = regexp.MustCompile(`^(?:(-?[0-9]+)\.\.(-?[0-9]+)|([a-zA-Z])\.\.([a-zA-Z]))(?:\.\.(-?[0-9]+))?$`)
	link   = regexp.MustCompile(`#1\.([A-Za-z0-9_-]+)\.([0-9a-f]{12})$`)
	facets = []string{"resources", "agents", "instances", "users", "groups"}
)

type object = map[string]any

// DecodeLink gives the bytes that a link holds.
func DecodeLink(text string) ([]byte, error) {
	text = strings.TrimSpace(text)
	match := link.FindStringSubmatch(text)
	if match == nil || strings.Count(text, "#1.") > 1 {
		return nil, errors.New("this is not one whole link")
	}
	packed, err := base64.RawURLEncoding.Strict().DecodeString(match[1])
	if err != nil {
		return nil, fmt.Errorf("this link is damaged: %w", err)
	}
	rest := bytes.NewReader(packed)
	data, err := io.ReadAll(io.LimitReader(flate.NewReader(rest), limit+1))
	if err != nil {
		return nil, fmt.Errorf("this link is damaged: %w", err)
	}
	if len(data) > limit {
		return nil, errors.New("what the link holds is larger than 4 MiB")
	}
	sum := sha256.Sum256(data)
	if rest.Len() > 0 || hex.EncodeToString(sum[:])[:12] != match[2] {
		return nil, errors.New("this link is damaged")
	}
	return data, nil
}

// ReadBundle reads a bundle, strictly where it protects; the error names the first thing that is wrong.
func ReadBundle(data []byte, fromLink bool) (object, error) {
	value, err := parse(data)
	if err != nil {
		return nil, err
	}
	bundle, ok := value.(object)
	if !ok || bundle["format"] != "policy-bundle" {
		return nil, errors.New("this is not a policy bundle")
	}
	if bundle["version"] != 1.0 {
		return nil, fmt.Errorf("version %v cannot be read here", bundle["version"])
	}
	if _, ok := bundle["name"].(string); !ok {
		return nil, errors.New("the bundle has no name")
	}
	if settings, present := bundle["settings"]; present {
		if err := knownFields(settings, "settings", "gatedWhenFalse"); err != nil {
			return nil, err
		}
		if when, present := settings.(object)["gatedWhenFalse"]; present && when != "continue" && when != "deny" {
			return nil, errors.New("settings: gatedWhenFalse")
		}
	}
	rules, ok := bundle["rules"].([]any)
	if !ok || len(rules) > 5000 {
		return nil, errors.New("rules must be a list of at most 5,000")
	}
	if err := checkMembers(bundle); err != nil {
		return nil, err
	}
	trace, _ := orElse(bundle, "trace", []any{}).([]any)
	if fromLink && len(trace) > 2000 {
		return nil, errors.New("a link carries at most 2,000 calls")
	}
	ids := map[string]bool{}
	for index, rule := range rules {
		if err := checkRule(rule); err != nil {
			return nil, fmt.Errorf("rule %d: %w", index+1, err)
		}
		id := rule.(object)["id"].(string)
		if ids[id] {
			return nil, errors.New("two rules have one id")
		}
		ids[id] = true
	}
	return bundle, nil
}

// checkMembers looks at what a bundle may hold beside its policy, each of one kind.
func checkMembers(bundle object) error {
	for _, name := range []string{"description", "notes", "focus"} {
		if _, ok := orElse(bundle, name, "").(string); !ok {
			return fmt.Errorf("%s must be a text", name)
		}
	}
	if focus, present := bundle["focus"]; present && focus == "" {
		return errors.New("focus must be the id of a call")
	}
	for _, name := range []string{"catalog", "readings", "exercise", "case"} {
		if _, ok := orElse(bundle, name, object{}).(object); !ok {
			return fmt.Errorf("%s must be an object", name)
		}
	}
	for _, name := range []string{"tests", "trace", "invariants", "dismissed"} {
		if _, ok := orElse(bundle, name, []any{}).([]any); !ok {
			return fmt.Errorf("%s must be a list", name)
		}
	}
	invariants, _ := orElse(bundle, "invariants", []any{}).([]any)
	if len(invariants) > 200 {
		return errors.New("a policy has at most 200 invariants")
	}
	for _, one := range invariants {
		if text, ok := one.(string); ok && utf8.RuneCountInString(text) > 1000 {
			return errors.New("an invariant has at most 1,000 characters")
		}
	}
	return nil
}

func checkRule(value any) error {
	if err := knownFields(value, "the rule", "id", "name", "description", "effect", "status", "scope", "tools", "condition"); err != nil {
		return err
	}
	rule := value.(object)
	if id, ok := rule["id"].(string); !ok || id == "" {
		return errors.New("id")
	}
	if _, ok := rule["name"].(string); !ok {
		return errors.New("name")
	}
	if _, ok := orElse(rule, "description", "").(string); !ok {
		return errors.New("description")
	}
	effect, _ := rule["effect"].(string)
	if effect != "allow" && effect != "deny" && effect != "gated" {
		return errors.New("effect")
	}
	status, _ := orElse(rule, "status", "active").(string)
	if status != "active" && status != "draft" && status != "disabled" {
		return errors.New("status")
	}
	scope := orElse(rule, "scope", object{})
	if err := knownFields(scope, "the scope", facets...); err != nil {
		return err // a misspelt facet must not widen a rule
	}
	for _, facet := range facets {
		selectors, ok := orElse(scope.(object), facet, []any{}).([]any)
		if !ok {
			return errors.New(facet)
		}
		for _, one := range selectors {
			text, ok := one.(string)
			tagged := facet != "users" && facet != "groups"
			if !ok || text == "" || text == "tag:" || (!tagged && strings.HasPrefix(text, "tag:")) {
				return errors.New(facet)
			}
		}
	}
	tools, ok := rule["tools"].([]any)
	if !ok || len(tools) < 1 || len(tools) > 64 {
		return errors.New("tools")
	}
	for _, one := range tools {
		text, ok := one.(string)
		if !ok || text == "" || utf8.RuneCountInString(text) > 256 {
			return errors.New("tools")
		}
		if alternatives(text, 0) > mostAlternatives {
			return errors.New("a pattern stands for more than 1,000 alternatives")
		}
	}
	condition, isText := rule["condition"].(string)
	if rule["condition"] != nil && (!isText || utf8.RuneCountInString(condition) > 4096) {
		return errors.New("condition")
	}
	if effect == "gated" && status == "active" && !isText {
		return errors.New("a gate needs a condition")
	}
	return nil
}

func knownFields(value any, what string, known ...string) error {
	fields, ok := value.(object)
	if !ok {
		return fmt.Errorf("%s is no object", what)
	}
	for key := range fields {
		if !contains(known, key) && !strings.HasPrefix(key, "x-") {
			return fmt.Errorf("%s has an unknown field: %q", what, key)
		}
	}
	return nil
}

// alternatives counts what the braces of a pattern stand for, as bash expands them; it stops past 1,000.
func alternatives(pattern string, depth int) float64 {
	text := pattern
	if depth == 0 && strings.HasPrefix(text, "{}") {
		text = "  " + text[2:]
	}
	total, from := 1.0, 0
	for total <= mostAlternatives && depth < 200 {
		start, end := firstGroup(text, from)
		if start < 0 {
			break
		}
		body := text[start+1 : end]
		if start > 0 && text[start-1] == '$' {
			from = end + 1
			continue
		}
		match := span.FindStringSubmatch(body)
		if match == nil && !strings.Contains(body, ",") {
			// `{a},b}`: a brace that closes no set is a literal, where a comma and a later brace can take its place.
			comma := strings.Index(text[end+1:], ",")
			if comma < 0 || !strings.Contains(text[end+1+comma:], "}") {
				break
			}
			text = text[:end] + " " + text[end+1:]
			continue
		}
		if match != nil {
			total *= rangeSize(match)
		} else {
			sum := 0.0
			for _, part := range splitMembers(body) {
				sum += alternatives(part, depth+1)
			}
			total *= sum
		}
		from = end + 1
	}
	return total
}

func rangeSize(match []string) float64 {
	var first, last float64
	if match[1] != "" {
		first, _ = strconv.ParseFloat(match[1], 64)
		last, _ = strconv.ParseFloat(match[2], 64)
	} else {
		first, last = float64(match[3][0]), float64(match[4][0])
	}
	step, _ := strconv.ParseFloat(match[5], 64)
	return math.Floor(math.Abs(last-first)/math.Max(math.Abs(step), 1)) + 1
}

// firstGroup finds the first `{` that has its `}`, and that `}`; -1 where there is none.
func firstGroup(text string, from int) (int, int) {
	open, start, end := []int{}, -1, -1
	for at := from; at < len(text); at++ {
		if text[at] == '{' {
			open = append(open, at)
		} else if text[at] == '}' && len(open) > 0 {
			last := open[len(open)-1]
			open = open[:len(open)-1]
			if start < 0 || last < start {
				start, end = last, at
			}
			if len(open) == 0 {
				break
			}
		}
	}
	return start, end
}

func splitMembers(body string) []string {
	parts, depth, start := []string{}, 0, 0
	for at := 0; at < len(body); at++ {
		switch {
		case body[at] == '{':
			depth++
		case body[at] == '}':
			depth--
		case body[at] == ',' && depth == 0:
			parts = append(parts, body[start:at])
			start = at + 1
		}
	}
	return append(parts, body[start:])
}

// Filled gives settings and rules with all that may be left out filled in: what a gateway would store.
func Filled(bundle object) object {
	rules := []any{}
	for _, value := range bundle["rules"].([]any) {
		rule := merged(object{"description": "", "status": "active", "condition": nil, "scope": object{}}, value.(object))
		scope := object{}
		for _, facet := range facets {
			scope[facet] = []any{}
		}
		rule["scope"] = merged(scope, rule["scope"].(object))
		rules = append(rules, rule)
	}
	settings, _ := bundle["settings"].(object)
	return object{"settings": merged(object{"gatedWhenFalse": "continue"}, settings), "rules": rules}
}

// Digest is the SHA-256 of the canonical form of format, version, settings and rules, without what may be left out.
func Digest(bundle object) string {
	rules := []any{}
	for _, value := range bundle["rules"].([]any) {
		rule := merged(object{}, value.(object))
		scope := object{}
		for key, selectors := range orElse(rule, "scope", object{}).(object) {
			if list, ok := selectors.([]any); !ok || len(list) > 0 || !contains(facets, key) {
				scope[key] = selectors
			}
		}
		rule["scope"] = scope
		if len(scope) == 0 {
			delete(rule, "scope")
		}
		for key, left := range map[string]any{"description": "", "status": "active", "condition": nil} {
			if rule[key] == left {
				delete(rule, key)
			}
		}
		rules = append(rules, rule)
	}
	policy := object{"format": "policy-bundle", "version": 1.0, "rules": rules}
	given, _ := bundle["settings"].(object)
	settings := merged(object{}, given)
	if settings["gatedWhenFalse"] == "continue" {
		delete(settings, "gatedWhenFalse")
	}
	if len(settings) > 0 {
		policy["settings"] = settings
	}
	sum := sha256.Sum256([]byte(Canonical(policy)))
	return hex.EncodeToString(sum[:])
}

// Canonical is RFC 8785: no white space, keys in the order of their UTF-16 units, numbers and texts as ECMAScript writes them.
func Canonical(value any) string {
	switch value := value.(type) {
	case nil:
		return "null"
	case bool:
		return strconv.FormatBool(value)
	case float64:
		return number(value)
	case string:
		return quoted(value)
	case []any:
		parts := make([]string, len(value))
		for index, item := range value {
			parts[index] = Canonical(item)
		}
		return "[" + strings.Join(parts, ",") + "]"
	case object:
		keys := make([]string, 0, len(value))
		for key := range value {
			keys = append(keys, key)
		}
		sort.Slice(keys, func(a, b int) bool { return lessUTF16(keys[a], keys[b]) })
		for index, key := range keys {
			keys[index] = quoted(key) + ":" + Canonical(value[key])
		}
		return "{" + strings.Join(keys, ",") + "}"
	}
	panic(fmt.Sprintf("no JSON: %T", value))
}

func lessUTF16(a, b string) bool {
	left, right := utf16.Encode([]rune(a)), utf16.Encode([]rune(b))
	for index, unit := range left {
		if index == len(right) || unit != right[index] {
			return index < len(right) && unit < right[index]
		}
	}
	return len(left) < len(right)
}

func quoted(text string) string {
	short := map[rune]string{'"': `\"`, '\\': `\\`, '\b': `\b`, '\f': `\f`, '\n': `\n`, '\r': `\r`, '\t': `\t`}
	var out strings.Builder
	out.WriteByte('"')
	for _, char := range text {
		if escape, ok := short[char]; ok {
			out.WriteString(escape)
		} else if char < 0x20 {
			fmt.Fprintf(&out, `\u%04x`, char)
		} else {
			out.WriteRune(char)
		}
	}
	out.WriteByte('"')
	return out.String()
}

// number writes a double as ECMA-262, Number::toString, does.
func number(value float64) string {
	if value == 0 {
		return "0"
	}
	if size := math.Abs(value); size >= 1e-6 && size < 1e21 {
		return strconv.FormatFloat(value, 'f', -1, 64)
	}
	mantissa, exponent, _ := strings.Cut(strconv.FormatFloat(value, 'e', -1, 64), "e")
	return mantissa + "e" + exponent[:1] + strings.TrimLeft(exponent[1:], "0")
}

// parse reads JSON as a bundle is read: UTF-8, no duplicate keys, no lone surrogates, at most 128 levels, doubles.
func parse(data []byte) (any, error) {
	if len(data) > limit {
		return nil, errors.New("the bundle is larger than 4 MiB")
	}
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	if !utf8.Valid(data) || !json.Valid(data) {
		return nil, errors.New("this is not JSON in UTF-8")
	}
	if loneSurrogate(data) {
		return nil, errors.New("a text holds half of a surrogate pair")
	}
	decoder := json.NewDecoder(bytes.NewReader(data))
	return next(decoder, 0)
}

func next(decoder *json.Decoder, depth int) (any, error) {
	token, err := decoder.Token()
	if err != nil {
		return nil, fmt.Errorf("this is not JSON as a bundle has it: %w", err)
	}
	opening, ok := token.(json.Delim)
	if !ok {
		return token, nil
	}
	if depth == 128 {
		return nil, errors.New("the bundle nests deeper than 128 levels")
	}
	list, members := []any{}, object{}
	for decoder.More() {
		key := ""
		if opening == '{' {
			token, err := decoder.Token()
			if err != nil {
				return nil, err
			}
			key = token.(string)
			if _, twice := members[key]; twice {
				return nil, fmt.Errorf("a key stands twice: %q", key)
			}
		}
		value, err := next(decoder, depth+1)
		if err != nil {
			return nil, err
		}
		if opening == '{' {
			members[key] = value
		} else {
			list = append(list, value)
		}
	}
	if _, err := decoder.Token(); err != nil {
		return nil, err
	}
	if opening == '{' {
		return members, nil
	}
	return list, nil
}

// loneSurrogate looks through the escapes: encoding/json would put U+FFFD in the place of half a pair.
func loneSurrogate(data []byte) bool {
	high := false
	for at := 0; at < len(data); at++ {
		unit := uint64(0)
		if data[at] == '\\' {
			if at++; data[at] == 'u' {
				unit, _ = strconv.ParseUint(string(data[at+1:at+5]), 16, 32)
				at += 4
			}
		}
		low := unit >= 0xdc00 && unit <= 0xdfff
		if high != low {
			return true
		}
		high = unit >= 0xd800 && unit <= 0xdbff
	}
	return false
}

func orElse(fields object, key string, otherwise any) any {
	if value, present := fields[key]; present {
		return value
	}
	return otherwise
}

func merged(first, second object) object {
	all := object{}
	for _, fields := range []object{first, second} {
		for key, value := range fields {
			all[key] = value
		}
	}
	return all
}

func contains(list []string, text string) bool {
	for _, one := range list {
		if one == text {
			return true
		}
	}
	return false
}

func run(source string) (string, error) {
	fromLink := strings.Contains(source, "#1.")
	var data []byte
	var err error
	if fromLink {
		data, err = DecodeLink(source)
	} else {
		data, err = os.ReadFile(source)
	}
	if err != nil {
		return "", err
	}
	bundle, err := ReadBundle(data, fromLink)
	if err != nil {
		return "", err
	}
	result := merged(Filled(bundle), object{"name": bundle["name"], "digest": Digest(bundle)})
	return Canonical(result), nil
}

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "give a file or a link")
		os.Exit(2)
	}
	result, err := run(os.Args[1])
	if err != nil {
		fmt.Fprintln(os.Stderr, "refused:", err)
		os.Exit(1)
	}
	fmt.Println(result)
}
