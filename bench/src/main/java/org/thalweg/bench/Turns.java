package org.thalweg.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Runs one benchmark a turn at a time, so that a comparison with another process can alternate between the two.
 *
 * <p>JMH measures one side after the other; on a machine that does other things too, their ratio then drifts with the load.
 * {@code bench/python/side_by_side.py} starts two processes such as this one and gives them turns: after {@code ready}, each
 * line read from standard input is one call, answered by its seconds. Speaks for benchmark classes of this package with one
 * state, the class itself:
 *
 * <pre>bench/run Turns TrainingBenchmark.epoch threads=1</pre>
 */
public final class Turns {
    private Turns() {}

    /**
     * Takes turns until standard input ends.
     *
     * @param arguments {@code Class.method}, then {@code parameter=value} for parameters that differ from their first value
     */
    public static void main(String[] arguments) throws IOException, ReflectiveOperationException {
        int dot = arguments.length == 0 ? -1 : arguments[0].indexOf('.');
        if (dot < 0) {
            throw new IllegalArgumentException("name a benchmark as Class.method, then parameter=value ...");
        }
        Class<?> type = Class.forName(Turns.class.getPackageName() + "." + arguments[0].substring(0, dot));
        Object benchmark = type.getDeclaredConstructor().newInstance();
        setParameters(benchmark, Arrays.asList(arguments).subList(1, arguments.length));
        callAll(benchmark, Setup.class);
        takeTurns(benchmark, type.getMethod(arguments[0].substring(dot + 1)));
        callAll(benchmark, TearDown.class);
    }

    private static void setParameters(Object benchmark, List<String> given) throws ReflectiveOperationException {
        for (Field field : benchmark.getClass().getFields()) {
            Param param = field.getAnnotation(Param.class);
            if (param != null) {
                String name = field.getName() + "=";
                String value = given.stream()
                        .filter(text -> text.startsWith(name))
                        .map(text -> text.substring(name.length()))
                        .findFirst()
                        .orElse(param.value()[0]);
                field.set(benchmark, field.getType() == int.class ? (Object) Integer.valueOf(value) : value);
            }
        }
    }

    private static void callAll(Object benchmark, Class<? extends java.lang.annotation.Annotation> annotation)
            throws ReflectiveOperationException {
        for (Method method : benchmark.getClass().getMethods()) {
            if (method.isAnnotationPresent(annotation)) {
                method.invoke(benchmark);
            }
        }
    }

    private static void takeTurns(Object benchmark, Method method) throws IOException, ReflectiveOperationException {
        BufferedReader turns = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        PrintStream answers = System.out;
        answers.println("ready");
        while (turns.readLine() != null) {
            long start = System.nanoTime();
            call(benchmark, method);
            answers.printf(Locale.ROOT, "%.6f%n", (System.nanoTime() - start) / 1e9);
        }
    }

    private static void call(Object benchmark, Method method) throws ReflectiveOperationException {
        try {
            method.invoke(benchmark);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(method.getName() + " failed", e.getCause());
        }
    }
}
