package org.thalweg.report;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;
import org.apache.batik.transcoder.TranscoderException;
import org.apache.batik.transcoder.TranscoderInput;
import org.apache.batik.transcoder.TranscoderOutput;
import org.apache.batik.transcoder.image.ImageTranscoder;

/**
 * An SVG figure as pixels, three to one: 300 dots per inch and more in a column. Text takes the fonts of the machine, so bytes
 * may differ between machines.
 */
final class Raster extends ImageTranscoder {
    private static final float SCALE = 3;

    private final ByteArrayOutputStream png = new ByteArrayOutputStream();

    private Raster() {}

    /** Returns a figure of this width, in the pixels of SVG, as PNG. */
    static byte[] png(String svg, int width) {
        Raster raster = new Raster();
        raster.addTranscodingHint(KEY_WIDTH, SCALE * width);
        raster.addTranscodingHint(KEY_BACKGROUND_COLOR, Color.WHITE);
        raster.addTranscodingHint(KEY_ALLOW_EXTERNAL_RESOURCES, false);
        raster.addTranscodingHint(KEY_EXECUTE_ONLOAD, false);
        try {
            raster.transcode(new TranscoderInput(new StringReader(svg)), new TranscoderOutput(raster.png));
        } catch (TranscoderException e) {
            throw new IllegalStateException("a figure that was just drawn cannot be turned into pixels", e);
        }
        return raster.png.toByteArray();
    }

    @Override
    public BufferedImage createImage(int width, int height) {
        return new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    }

    @Override
    public void writeImage(BufferedImage image, TranscoderOutput output) {
        try {
            ImageIO.write(image, "png", png);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
