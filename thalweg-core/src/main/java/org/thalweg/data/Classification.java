package org.thalweg.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.thalweg.checkpoint.npz.NpyArray;
import org.thalweg.yaml.YamlException;
import org.thalweg.yaml.YamlNode;

/** The task of telling the class: each example has a label. */
final class Classification implements Task {
    private final YamlNode.Mapping root;

    private Classification(YamlNode.Mapping root) {
        this.root = root;
    }

    static Classification of(YamlNode.Mapping root) throws YamlException {
        root.allow("name", "train", "test", "task", "image", "mean", "deviation", "standardise", "classes", "label");
        return new Classification(root);
    }

    @Override
    public String arrayName() {
        return "labels";
    }

    @Override
    public RawExamples images(YamlNode where, Path folder, Optional<ImageShape> image) throws IOException {
        return ImageFolder.read(folder, image);
    }

    @Override
    public RawExamples table(Path file) throws IOException {
        Optional<YamlNode> label = root.find("label");
        return CsvTable.labelled(file, label.isPresent() ? List.of(label.get().text("'label'")) : List.of());
    }

    @Override
    public boolean fits(NpyArray array, int count) {
        return array.shape().elements() == count;
    }

    @Override
    public RawAnswers array(ArrayData.Located array, int count) throws DataException {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double label = array.array().get(i);
            if (label != Math.rint(label) || label < 0 || label > 999_999) {
                throw new DataException(array.place() + ": label " + i + " is " + label
                        + " but must be a whole number from 0 on; of real targets say 'task: regression'.");
            }
            texts.add(Integer.toString((int) label));
        }
        return new RawAnswers.Texts(texts, i -> array.place() + ", example " + i);
    }

    @Override
    public Answering answering(RawAnswers train) throws IOException {
        List<String> classes = classes((RawAnswers.Texts) train);
        return (raw, where) -> new Answers.Labels(labels((RawAnswers.Texts) raw, classes), classes);
    }

    private List<String> classes(RawAnswers.Texts train) throws IOException {
        Optional<YamlNode> given = root.find("classes");
        if (given.isEmpty()) {
            return train.classes(root.place().file());
        }
        List<String> classes = new ArrayList<>();
        for (YamlNode item : given.get().list("'classes'")) {
            classes.add(item.text("a class"));
        }
        if (classes.size() > RawAnswers.Texts.MOST_CLASSES
                || classes.stream().distinct().count() < classes.size()) {
            throw given.get()
                    .wrong("'classes' must be different names, at most " + RawAnswers.Texts.MOST_CLASSES + ".");
        }
        return classes;
    }

    /** Returns each label's class, by name, or by number where classes have names and labels are numbers. */
    private byte[] labels(RawAnswers.Texts texts, List<String> classes) throws IOException {
        byte[] labels = new byte[texts.count()];
        for (int i = 0; i < labels.length; i++) {
            String text = texts.labels().get(i);
            int found = classes.indexOf(text);
            if (found < 0 && text.matches("\\d{1,3}") && Integer.parseInt(text) < classes.size()) {
                found = Integer.parseInt(text);
            }
            if (found < 0) {
                throw noClass(text, texts.place().apply(i), classes);
            }
            labels[i] = (byte) found;
        }
        return labels;
    }

    /** Blames the list of classes if there is one, else the label, which the training examples do not have. */
    private IOException noClass(String label, String place, List<String> classes) {
        String some = String.join(", ", classes.subList(0, Math.min(10, classes.size())))
                + (classes.size() > 10 ? ", …" : "");
        Optional<YamlNode> given = root.find("classes");
        return given.isPresent()
                ? given.get().wrong("'classes' lacks '" + label + "', the label of " + place + "; it has " + some + ".")
                : new DataException(place + ": the label '" + label
                        + "' is no class of the training examples, which have " + some + ".");
    }
}
