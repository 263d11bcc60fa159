package org.thalweg.checkpoint.pytorch;

import java.util.Set;
import org.thalweg.checkpoint.pytorch.Pickled.Global;

/** Names whose mere presence in a weight file means harm: with them a pickle starts programs when Python loads it. */
final class Denied {
    private static final Set<String> MODULES = Set.of(
            "os",
            "sys",
            "posix",
            "nt",
            "subprocess",
            "shutil",
            "socket",
            "pty",
            "runpy",
            "importlib",
            "ctypes",
            "webbrowser");

    private static final Set<String> BUILTINS = Set.of("eval", "exec", "execfile", "compile", "open", "__import__");

    private Denied() {}

    static boolean contains(Global global) {
        String module = global.module().split("\\.", -1)[0];
        return MODULES.contains(module) || (module.equals("builtins") && BUILTINS.contains(global.name()));
    }
}
