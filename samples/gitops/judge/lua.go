package main

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	lua "github.com/yuin/gopher-lua"
	luajson "layeh.com/gopher-json"
)

// runLua runs a script as Argo CD runs one from argocd-cm: with the base, package and table libraries and two functions
// of os, for a second at most. The object is the global obj, and the result is what the script returns.
func runLua(script string, object map[string]any, result any) error {
	state := lua.NewState(lua.Options{SkipOpenLibs: true})
	defer state.Close()
	for _, library := range []struct {
		name string
		open lua.LGFunction
	}{
		{lua.LoadLibName, lua.OpenPackage},
		{lua.BaseLibName, lua.OpenBase},
		{lua.TabLibName, lua.OpenTable},
	} {
		state.Push(state.NewFunction(library.open))
		state.Push(lua.LString(library.name))
		state.Call(1, 0)
	}
	state.PreloadModule(lua.OsLibName, safeOS)
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	state.SetContext(ctx)
	// The way through JSON makes every number a float64, which is what Lua knows.
	text, err := json.Marshal(object)
	if err != nil {
		return err
	}
	value, err := luajson.Decode(state, text)
	if err != nil {
		return err
	}
	state.SetGlobal("obj", value)
	if err := state.DoString(script); err != nil {
		return err
	}
	returned := state.Get(-1)
	if returned.Type() != lua.LTTable {
		return fmt.Errorf("the script returns a %s instead of a table", returned.Type())
	}
	encoded, err := luajson.Encode(returned)
	if err != nil {
		return err
	}
	return json.Unmarshal(encoded, result)
}

// safeOS keeps time and date of the library os, and nothing that reaches the machine.
func safeOS(state *lua.LState) int {
	state.Push(state.NewFunction(lua.OpenOs))
	state.Push(lua.LString(lua.OsLibName))
	state.Call(1, 1)
	all := state.CheckTable(-1)
	state.SetGlobal(lua.OsLibName, lua.LNil)
	safe := state.NewTable()
	for _, name := range []string{"time", "date"} {
		safe.RawSetString(name, all.RawGetString(name))
	}
	state.Push(safe)
	return 1
}
