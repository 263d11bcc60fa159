package org.thalweg.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.thalweg.checkpoint.npz.NpyArray;
import org.thalweg.yaml.YamlException;
import org.thalweg.yaml.YamlNode;

/** What a description of data asks networks to do: how its files say the answers, and which settings there are for them. */
sealed interface Task permits Classification, Regression {
    /**
     * Returns the task of a description whose settings fit it.
     *
     * @throws YamlException if it is not known, or a setting is not one of it
     */
    static Task of(YamlNode.Mapping root) throws YamlException {
        Optional<YamlNode> given = root.find("task");
        String name = given.isPresent() ? given.get().text("'task'") : "classification";
        return switch (name) {
            case "classification" -> Classification.of(root);
            case "regression" -> Regression.of(root);
            default ->
                throw root.need("task").wrong("'task' is '" + name + "' but must be classification or regression.");
        };
    }

    /** Returns the name of the setting for answers beside arrays of inputs. */
    String arrayName();

    /** Reads a folder of images by class. */
    RawExamples images(YamlNode where, Path folder, Optional<ImageShape> image) throws IOException;

    /** Reads a table. */
    RawExamples table(Path file) throws IOException;

    /** Returns whether an array holds the answers of {@code count} examples, by its shape. */
    boolean fits(NpyArray array, int count);

    /**
     * Reads the answers of {@code count} examples from an array that fits.
     *
     * @throws DataException if they are none
     */
    RawAnswers array(ArrayData.Located array, int count) throws DataException;

    /** Prepares to turn answers into what networks are trained on, by the training examples'. */
    Answering answering(RawAnswers train) throws IOException;

    /** Turns answers into what networks are trained on. */
    interface Answering {
        /**
         * Returns the answers.
         *
         * @param where the setting whose examples have them
         * @throws DataException if they do not fit the training examples', or a label the classes that it must be one of
         * @throws YamlException likewise, if the description is what is wrong
         */
        Answers of(RawAnswers raw, YamlNode where) throws IOException;
    }
}
