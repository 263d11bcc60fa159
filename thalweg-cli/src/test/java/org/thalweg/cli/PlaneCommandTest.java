package org.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thalweg.checkpoint.Checkpoint;
import org.thalweg.network.Tensor;

/** Planes and NPZ files through the command line. */
class PlaneCommandTest {
    private static final List<String> DATA = List.of("--train-examples=300", "--test-examples=100", "--quiet");

    @TempDir
    static Path folder;

    private static final String[] NETWORKS = new String[3];

    @BeforeAll
    static void trainNetworks() {
        Cli.Outcome trained =
                run("train", "--out", folder, "--network", "mlp-16", "--epochs", "4", "--seeds", "1-3", DATA.get(0));
        assertThat(trained.code()).isZero();
        for (int i = 0; i < NETWORKS.length; i++) {
            NETWORKS[i] =
                    folder.resolve("networks/seed-" + (i + 1) + ".safetensors").toString();
        }
    }

    private static Cli.Outcome run(Object... args) {
        return Cli.run(args);
    }

    private static Cli.Outcome plane(Path out, Object... files) {
        Object[] args = new Object[files.length + 6];
        args[0] = "plane";
        System.arraycopy(files, 0, args, 1, files.length);
        int at = files.length + 1;
        for (Object arg : List.of("--out=" + out, "--grid=5", DATA.get(0), DATA.get(1), DATA.get(2))) {
            args[at++] = arg;
        }
        return Cli.run(args);
    }

    private static Tensor array(Path file, String name) throws IOException {
        return Checkpoint.open(file).read(List.of(name)).get(name);
    }

    @Test
    void planeThroughThreeNetworksHasTheirFigures() throws IOException {
        Path out = folder.resolve("plane");

        Cli.Outcome outcome = plane(out, (Object[]) NETWORKS);

        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.code()).isZero();
        assertThat(out.resolve("report.html")).isNotEmptyFile();
        assertThat(out.resolve("figures/train_loss_plane.svg")).isNotEmptyFile();
        assertThat(out.resolve("figures/test_error_plane.csv")).content().hasLineCount(1 + 25);
        Path npz = out.resolve("plane.npz");
        assertThat(Checkpoint.open(npz).entries().keySet())
                .containsExactly(
                        "ts",
                        "bend_coordinates",
                        "curve_coordinates",
                        "alphas",
                        "betas",
                        "grid",
                        "tr_loss",
                        "tr_acc",
                        "tr_nll",
                        "tr_err",
                        "te_loss",
                        "te_acc",
                        "te_nll",
                        "te_err",
                        "curve_distance",
                        "weight_decay");
        assertThat(array(npz, "grid").shape().toArray()).containsExactly(5, 5, 2);
        Tensor betas = array(npz, "betas");
        assertThat(betas.get(0)).isCloseTo(-0.2, within(1e-12));
        assertThat(betas.get(4)).isCloseTo(1.2, within(1e-12));
        Tensor grid = array(npz, "grid"); // the first index is x
        assertThat(grid.get(1)).isEqualTo(grid.get(5 * 2 + 1));
        assertThat(grid.get(0)).isNotEqualTo(grid.get(5 * 2));
    }

    @Test
    void finishedRowsAreKeptAndTheSameBytesComeOut() throws IOException {
        Path whole = folder.resolve("whole");
        Path broken = folder.resolve("broken");
        plane(whole, (Object[]) NETWORKS);
        plane(broken, (Object[]) NETWORKS);
        Path kept = broken.resolve("rows/001.json");
        java.nio.file.attribute.FileTime before = Files.getLastModifiedTime(kept);
        Files.delete(broken.resolve("rows/003.json"));
        Files.delete(broken.resolve("plane.npz"));

        plane(broken, (Object[]) NETWORKS);

        assertThat(Files.getLastModifiedTime(kept)).isEqualTo(before);
        assertThat(broken.resolve("plane.npz")).hasSameBinaryContentAs(whole.resolve("plane.npz"));
    }

    @Test
    void planeOfAPathIsThroughItsBendAndTellsItsDistance() throws IOException {
        Path path = folder.resolve("arc.safetensors");
        Cli.run("connect", NETWORKS[0], NETWORKS[1], "--method=arc", "--out=" + path, DATA.get(0), DATA.get(1));

        Cli.Outcome outcome = plane(folder.resolve("of-path"), path);

        assertThat(outcome.code()).isZero();
        Tensor distance = array(folder.resolve("of-path/plane.npz"), "curve_distance");
        assertThat(distance.get(0)).isCloseTo(0, within(1e-3));
        assertThat(distance.get(30)).isCloseTo(0, within(1e-2)); // the bend lies in the plane
    }

    @Test
    void straightPathsAndTwoNetworksAreRefusedWithAReason() {
        Path path = folder.resolve("linear.safetensors");
        Cli.run("connect", NETWORKS[0], NETWORKS[1], "--method=linear", "--out=" + path, DATA.get(0), DATA.get(1));

        Cli.Outcome straight = plane(folder.resolve("none"), path);
        Cli.Outcome two = plane(folder.resolve("none"), NETWORKS[0], NETWORKS[1]);

        assertThat(straight.code()).isEqualTo(2);
        assertThat(straight.err()).contains("lie on one line");
        assertThat(two.code()).isEqualTo(2);
        assertThat(two.err()).contains("three network files or one path file, got 2 files");
        assertThat(folder.resolve("none")).doesNotExist();
    }

    @Test
    void batchNormsFollowAPolicyOffTheNetworks() throws IOException {
        Path layers = Files.writeString(
                folder.resolve("normed.yaml"), "layers: [flatten, linear: 6, batchnorm, relu, linear]\n");
        Cli.run(
                "train",
                "--out=" + folder.resolve("normed"),
                "--network=" + layers,
                "--epochs=1",
                "--seeds=1-3",
                DATA.get(0));
        Object[] networks = new Object[4];
        for (int i = 0; i < 3; i++) {
            networks[i] = folder.resolve("normed/networks/seed-" + (i + 1) + ".safetensors");
        }

        for (String policy : List.of("re-estimate", "interpolate", "keep")) {
            networks[3] = "--statistics=" + policy;
            Cli.Outcome outcome = plane(folder.resolve(policy), networks);
            assertThat(outcome.code()).as(outcome.err()).isZero();
        }
        networks[3] = "--statistics=repair";
        Cli.Outcome refused = plane(folder.resolve("repair"), networks);

        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("use re-estimate, interpolate or keep");
        assertThat(folder.resolve("re-estimate/run.json")).content().contains("\"statistics\" : \"re-estimate\"");
        assertThat(folder.resolve("keep/report.html"))
                .content()
                .contains("Statistics of batch norms off the networks: keep");
        String table = "<tbody>.*?</tbody>"; // the networks: with their own statistics whatever the policy
        assertThat(first(table, "keep")).isNotEmpty().isEqualTo(first(table, "re-estimate"));
        Tensor kept = array(folder.resolve("keep/plane.npz"), "tr_nll");
        Tensor estimated = array(folder.resolve("re-estimate/plane.npz"), "tr_nll");
        Tensor blended = array(folder.resolve("interpolate/plane.npz"), "tr_nll");
        for (int corner : List.of(0, 24)) {
            assertThat(kept.get(corner)).isNotEqualTo(estimated.get(corner));
            assertThat(blended.get(corner)).isNotEqualTo(estimated.get(corner)).isNotEqualTo(kept.get(corner));
        }
    }

    private static String first(String pattern, String policy) throws IOException {
        Matcher found = Pattern.compile(pattern, Pattern.DOTALL)
                .matcher(Files.readString(folder.resolve(policy + "/report.html")));
        return found.find() ? found.group() : "";
    }

    @Test
    void curveNpzHasTheArraysOfGaripovsProgram() throws IOException {
        Path npz = folder.resolve("curve.npz");

        Cli.Outcome outcome = Cli.run(
                "connect",
                NETWORKS[0],
                NETWORKS[1],
                "--method=ot",
                "--npz=" + npz,
                "--points=5",
                DATA.get(0),
                DATA.get(1));

        assertThat(outcome.code()).isZero();
        List<String> names = List.copyOf(Checkpoint.open(npz).entries().keySet());
        assertThat(names)
                .hasSize(34 + 2)
                .startsWith(
                        "ts", "dl", "tr_loss", "tr_loss_min", "tr_loss_max", "tr_loss_avg", "tr_loss_int", "tr_nll");
        assertThat(names.subList(2, 34)).containsSubsequence("tr_acc", "tr_err", "tr_err_min", "te_loss", "te_err_int");
        Tensor error = array(npz, "te_err");
        Tensor accuracy = array(npz, "te_acc");
        assertThat(error.get(2) + accuracy.get(2)).isCloseTo(100, within(1e-9));
        assertThat(array(npz, "te_err_max").shape().rank()).isZero();
        assertThat(array(npz, "dl").get(0)).isZero();
        assertThat(array(npz, "tr_loss").get(0))
                .isGreaterThan(array(npz, "tr_nll").get(0));
    }
}
