package org.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thalweg.checkpoint.NetworkFile;
import org.thalweg.data.Seed;
import org.thalweg.network.Architecture;
import org.thalweg.network.Network;
import org.thalweg.network.Provenance;
import org.thalweg.network.Tensor;
import org.thalweg.train.Recipe;
import org.thalweg.train.Trainer;

class BadInputTest {
    @TempDir
    static Path folder;

    private static final String SMALL = "--train-examples=100";

    @BeforeAll
    static void writeNetworks() throws IOException {
        write("a", "mlp-4", 784);
        write("b", "mlp-4", 784);
        write("wider", "mlp-5", 784);
        write("deep", "mlp-4-4", 784);
        write("other-data", "mlp-4", 100);
        write("other-data-2", "mlp-4", 100);
        byte[] whole = Files.readAllBytes(folder.resolve("a.safetensors"));
        Files.write(folder.resolve("cut.safetensors"), java.util.Arrays.copyOf(whole, whole.length - 7));
        Files.writeString(folder.resolve("text.safetensors"), "this is no network at all");
        Files.writeString(folder.resolve("text.bin"), "this is no network at all");
        Network a = NetworkFile.read(folder.resolve("a.safetensors"));
        float[] bias = a.weights().get("0.bias").toFloats();
        bias[2] = Float.NaN;
        Map<String, Tensor> tensors = new java.util.LinkedHashMap<>(a.weights().asMap());
        tensors.put("0.bias", Tensor.owning(a.weights().get("0.bias").shape(), bias));
        NetworkFile.write(
                folder.resolve("nan.safetensors"),
                new Network(a.architecture(), org.thalweg.network.Weights.of(tensors), Provenance.UNKNOWN));
    }

    private static void write(String name, String network, int inputs) throws IOException {
        Architecture architecture = Architecture.named(network, inputs, 10);
        Trainer trainer = new Trainer(architecture, Recipe.DEFAULTS, new Seed(name.hashCode()));
        NetworkFile.write(
                folder.resolve(name + ".safetensors"),
                new Network(architecture, trainer.start().weights(), Provenance.UNKNOWN));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # arguments                                              | code | part of the sentence
            nonsense                                                 | 2 | 'nonsense'
            panell --out x                                           | 2 | did you mean 'panel'
            connect FOLDER/a.safetensors                             | 2 | Missing required parameter: 'B'
            connect FOLDER/a.safetensors FOLDER/none.safetensors     | 2 | none.safetensors: no such file
            connect FOLDER/a.safetensors FOLDER/b.safetensors --method ott | 2 | unknown method 'ott'; did you mean 'ot'?
            connect FOLDER/a.safetensors FOLDER/b.safetensors --data mnits | 2 | unknown data set 'mnits'; did you mean 'mnist'?
            connect FOLDER/a.safetensors FOLDER/b.safetensors --data mnist --data-dir FOLDER/no | 2 | no such folder
            connect FOLDER/a.safetensors FOLDER/b.safetensors --data mnist --data-dir FOLDER | 2 | no such file
            connect FOLDER/a.safetensors FOLDER/b.safetensors --points 1 | 2 | points is 1 but must lie between 2
            connect FOLDER/a.safetensors FOLDER/b.safetensors --points 2000000000 | 2 | points is 2000000000
            connect FOLDER/a.safetensors FOLDER/b.safetensors --knots 0 | 2 | knots is 0
            connect FOLDER/a.safetensors FOLDER/b.safetensors --knots 2000000000 | 2 | knots is 2000000000
            connect FOLDER/a.safetensors FOLDER/b.safetensors --threads 2000000000 | 2 | --threads is 2000000000
            connect FOLDER/a.safetensors FOLDER/b.safetensors --out FOLDER | 5 | it is a folder
            connect FOLDER/a.safetensors FOLDER/b.safetensors --out FOLDER/a.safetensors/p | 5 | cannot be written
            connect FOLDER/a.safetensors FOLDER | 2 | is a folder; name the file
            train --out FOLDER/t --network mlp-999999999 | 2 | more than 2^31-1 elements
            train --out FOLDER/t --epochs 99999999999 | 2 | is not an int
            panel --out FOLDER/p --networks 2000000000 | 2 | a panel of 2,000,000,000 networks
            panel --out FOLDER/p --networks -3 | 2 | a panel of -3 networks
            connect FOLDER/a.safetensors FOLDER/b.safetensors --method garipov-2 | 2 | K is the number of control points
            connect FOLDER/a.safetensors FOLDER/b.safetensors --method ot:garipv-3 | 2 | did you mean 'garipov-K'?
            connect FOLDER/a.safetensors FOLDER/b.safetensors --curve-epochs 0 | 2 | epochs is 0
            connect FOLDER/a.safetensors FOLDER/b.safetensors --curve-learning-rate -1 | 2 | learning rate is -1.0
            connect FOLDER/a.safetensors FOLDER/b.safetensors --curve-t sometimes | 2 | --curve-t
            connect FOLDER/a.safetensors FOLDER/b.safetensors --ridge -1 | 2 | ridge is -1.0
            connect FOLDER/a.safetensors FOLDER/b.safetensors --method ot+c | 2 | unknown method 'ot+c'; did you mean 'ot+ca'?
            connect FOLDER/a.safetensors FOLDER/b.safetensors --lambda 0 | 2 | lambda is '0' but must be 'own', 'held-out' or a positive number
            connect FOLDER/a.safetensors FOLDER/b.safetensors --most-knots 1 | 2 | most knots is 1 but must lie between 2
            connect FOLDER/a.safetensors FOLDER/b.safetensors --certificate 0 | 2 | certificate is 0.0
            connect FOLDER/a.safetensors FOLDER/b.safetensors --refit-loss hinge | 2 | invalid value for --refit-loss:
            connect FOLDER/a.safetensors FOLDER/b.safetensors --method ot+ca --certificate 1e-30 | 4 | the refit of the output layer came within
            connect FOLDER/a.safetensors FOLDER/b.safetensors --threads 0 | 2 | --threads is 0
            connect FOLDER/a.safetensors FOLDER/b.safetensors --memory much | 2 | --memory is 'much'
            connect FOLDER/a.safetensors FOLDER/b.safetensors --train-examples 0 | 2 | must be positive
            connect FOLDER/a.safetensors FOLDER/b.safetensors --train-examples 60001 | 2 | use 1 to 60000
            connect FOLDER/a.safetensors FOLDER/b.safetensors --format xml | 2 | --format is 'xml' but must be one of table, csv, json. See
            connect FOLDER/a.safetensors FOLDER/wider.safetensors --method linear+wa | 3 | the networks differ in width
            connect FOLDER/deep.safetensors FOLDER/deep.safetensors --method ot --ground-cost balanced | 2 | matches all layers at once
            connect FOLDER/other-data.safetensors FOLDER/other-data-2.safetensors | 3 | does not fit data set 'glyphs', which has 784 features and 10 classes; glyphs is only the default: name your data set with --data.
            connect FOLDER/other-data.safetensors FOLDER/other-data-2.safetensors --data glyphs | 3 | which has 784 features and 10 classes.
            predict FOLDER/other-data.safetensors | 3 | does not fit data of 784 features and 10 classes; glyphs is only the default: name
            connect FOLDER/a.safetensors FOLDER/cut.safetensors      | 3 | cut.safetensors: the tensors take
            connect FOLDER/a.safetensors FOLDER/text.safetensors     | 3 | no safetensors file
            connect FOLDER/a.safetensors FOLDER/text.bin             | 3 | is no weight file of a format that is read
            connect FOLDER/a.safetensors FOLDER/nan.safetensors      | 3 | tensor "0.bias" holds NaN at index 2
            evaluate FOLDER/a.safetensors                            | 3 | holds no path
            evaluate FOLDER/none.safetensors                         | 2 | no such file
            inspect FOLDER/none.safetensors                          | 2 | no such file
            export FOLDER/a.safetensors --out FOLDER/a.zip           | 2 | use one of .safetensors, .pt, .pth, .npz
            export FOLDER/a.safetensors --t 0.5 --out FOLDER/x.pt    | 2 | is a single network, so --t and --leg have no meaning
            export FOLDER/none.safetensors --out FOLDER/x.pt         | 2 | no such file
            export FOLDER/a.safetensors                              | 2 | Missing required option: '--out=FILE'
            export FOLDER/a.safetensors --out FOLDER/a.safetensors/x.pt | 5 | cannot be written
            inspect FOLDER/text.safetensors                          | 3 | no safetensors file
            train --out FOLDER/t --network mpl-8                     | 2 | unknown network 'mpl-8'; did you mean 'mlp-8'?
            train --out FOLDER/t --network resnet                    | 2 | or describe it in a FILE.yaml.
            panel --nosuch                                           | 2 | unknown option '--nosuch'. See 'thalweg panel --help'.
            inspect --nosuch=1                                       | 2 | unknown option '--nosuch'. See
            train --epoch 3                                          | 2 | unknown option '--epoch'; did you mean '--epochs'?
            train --out FOLDER/t --epoch=3                           | 2 | unknown option '--epoch'; did you mean '--epochs'?
            merge FOLDER/a.safetensors --data glyphs                 | 2 | NETWORK is needed 2 times at least. See
            merge FOLDER/a.safetensors                               | 2 | NETWORK is needed 2 times at least. See
            panel --out FOLDER/p --statistics x                      | 2 | --statistics is 'x' but must be one of keep, interpolate, re-estimate, repair. See
            train --out FOLDER/t --seeds 4-1                         | 2 | must ascend
            train --out FOLDER/t --seeds x                           | 2 | no seed or range
            train --out FOLDER/t --epochs 0                          | 2 | epochs is 0
            train --out FOLDER/t --batch -3                          | 2 | batch is -3
            train --out FOLDER/t --learning-rate NaN                 | 2 | learning rate is NaN
            train --out FOLDER/a.safetensors/t --network mlp-2 --epochs 1 | 5 | cannot be written
            train --out FOLDER/t --network mlp-8 --epochs 3 --learning-rate 1e30 | 4 | training diverged
            panel --out FOLDER/p --networks 1                        | 2 | a panel of 1 network; it needs
            panel --out FOLDER/p --methods linear,linear             | 2 | a method was named twice
            panel --out FOLDER/p --shard 3/2                         | 2 | thalweg: invalid value for --shard: shard is 3/2 but must name one of the parts, from 1 to 2. See
            panel --out FOLDER/p --shard 1/2000                      | 2 | but the panel has only
            panel --out FOLDER/p --spark local[2]                    | 2 | needs the module thalweg-spark
            panel --out FOLDER/p --pairs 1-9                         | 2 | names a network that is not there
            panel --out FOLDER/p --pairs 1+2                         | 2 | is no pair
            """)
    void givesOneSentenceAndItsExitCode(String arguments, int code, String part) {
        String line = arguments.strip().replace("FOLDER", folder.toString());
        Object[] args = line.contains("examples")
                        || line.startsWith("inspect")
                        || line.startsWith("export")
                        || line.split(" ", -1).length < 3
                ? line.split(" +", -1)
                : (line + " " + SMALL + " --test-examples=50").split(" +", -1);

        Cli.Outcome outcome = Cli.run(args);

        assertThat(outcome.err()).contains(part.strip()).startsWith("thalweg: ");
        assertThat(outcome.err().strip().lines().count()).isEqualTo(1);
        assertThat(outcome.code()).isEqualTo(code);
        assertThat(outcome.out()).isEmpty();
    }

    @Test
    void refusesTheFolderOfAnotherRunAndNamesTheDifference() {
        Path run = folder.resolve("run");
        Object[] first = {
            "panel",
            "--out",
            run,
            "--endpoints",
            folder.resolve("a.safetensors") + "," + folder.resolve("b.safetensors"),
            "--methods",
            "linear",
            "--points",
            "3",
            SMALL,
            "--test-examples=50",
            "--quiet"
        };
        Object[] second = first.clone();
        second[8] = "4";

        assertThat(Cli.run(first).code()).isZero();
        Cli.Outcome outcome = Cli.run(second);

        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.err()).contains("is the folder of another run: points is 4 now but was 3 there");
    }

    @Test
    void stackTracesAreForDebugOnly() {
        Path missing = folder.resolve("none.safetensors");

        assertThat(Cli.run("evaluate", missing).err()).doesNotContain("\tat ");
        assertThat(Cli.run("evaluate", missing, "--debug").err()).contains("\tat ");
    }
}
