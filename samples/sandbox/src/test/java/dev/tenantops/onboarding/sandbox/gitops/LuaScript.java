package dev.tenantops.onboarding.sandbox.gitops;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LoadState;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;
import org.luaj.vm2.compiler.LuaC;
import org.luaj.vm2.lib.PackageLib;
import org.luaj.vm2.lib.TableLib;
import org.luaj.vm2.lib.jse.JseBaseLib;
import org.luaj.vm2.lib.jse.JseOsLib;

/** A Lua script with what Argo CD leaves to one from argocd-cm: the base and table libraries, and the time. */
record LuaScript(String text) {

    /** Runs the script with an object as the global {@code obj}, and returns the table that it returns. */
    JsonNode run(JsonNode object) {
        Globals globals = new Globals();
        globals.load(new JseBaseLib());
        globals.load(new PackageLib());
        globals.load(new TableLib());
        LoadState.install(globals);
        LuaC.install(globals);
        keepOnlyTime(globals);
        globals.set("obj", lua(object));
        return json(globals.load(text, "script").call());
    }

    private static void keepOnlyTime(Globals globals) {
        globals.load(new JseOsLib());
        LuaTable time = new LuaTable();
        List.of("time", "date").forEach(it -> time.set(it, globals.get("os").get(it)));
        globals.get("package").get("loaded").set("os", time);
        globals.set("os", time);
    }

    private static LuaValue lua(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT -> {
                LuaTable table = new LuaTable();
                value.properties().forEach(it -> table.set(it.getKey(), lua(it.getValue())));
                yield table;
            }
            case ARRAY -> {
                LuaTable table = new LuaTable();
                value.forEach(it -> table.set(table.length() + 1, lua(it)));
                yield table;
            }
            case BOOLEAN -> LuaValue.valueOf(value.booleanValue());
            case NUMBER -> LuaValue.valueOf(value.doubleValue());
            case STRING -> LuaValue.valueOf(value.textValue());
            default -> LuaValue.NIL;
        };
    }

    private static JsonNode json(LuaValue value) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        if (value instanceof LuaTable table) {
            return table.length() > 0 ? array(table) : object(table);
        }
        if (value.isboolean()) {
            return nodes.booleanNode(value.toboolean());
        }
        if (value.type() == LuaValue.TNUMBER) {
            return value.isint() ? nodes.numberNode(value.toint()) : nodes.numberNode(value.todouble());
        }
        return value.isnil() ? nodes.nullNode() : nodes.textNode(value.tojstring());
    }

    private static JsonNode array(LuaTable table) {
        var array = JsonNodeFactory.instance.arrayNode();
        for (int index = 1; index <= table.length(); index++) {
            array.add(json(table.get(index)));
        }
        return array;
    }

    private static ObjectNode object(LuaTable table) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        for (Varargs entry = table.next(LuaValue.NIL); !entry.arg1().isnil(); entry = table.next(entry.arg1())) {
            object.set(entry.arg1().tojstring(), json(entry.arg(2)));
        }
        return object;
    }
}
