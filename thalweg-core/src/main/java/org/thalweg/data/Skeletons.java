package org.thalweg.data;

import java.util.List;

/**
 * How people write the ten digits: for each digit a few variants, each a list of strokes in the unit square, x to the right
 * and y down.
 */
final class Skeletons {
    /** A pen stroke through points (x0, y0, x1, y1, …), as straight segments or as a smooth curve. */
    record Stroke(List<Double> points, boolean smooth) {}

    private Skeletons() {}

    private static Stroke line(Double... points) {
        return new Stroke(List.of(points), false);
    }

    private static Stroke bend(Double... points) {
        return new Stroke(List.of(points), true);
    }

    /** Variants by digit. */
    static final List<List<List<Stroke>>> DIGITS = List.of(
            List.of( // 0
                    List.of(bend(.5, .05, .2, .2, .12, .5, .2, .82, .5, .95, .8, .82, .88, .5, .8, .2, .5, .05)),
                    List.of(bend(.62, .05, .3, .15, .2, .5, .28, .85, .5, .95, .72, .82, .78, .5, .7, .18, .5, .06)),
                    List.of(bend(.55, .1, .25, .1, .1, .5, .22, .88, .55, .95, .82, .75, .88, .4, .68, .08, .42, .06))),
            List.of( // 1
                    List.of(line(.5, .05, .5, .95)),
                    List.of(line(.28, .25, .52, .05, .52, .95)),
                    List.of(line(.32, .22, .52, .05, .52, .95), line(.28, .95, .76, .95))),
            List.of( // 2
                    List.of(
                            bend(.15, .25, .3, .07, .6, .05, .82, .22, .75, .45, .45, .7, .15, .95),
                            line(.15, .95, .88, .95)),
                    List.of(bend(
                            .18, .2, .45, .05, .78, .2, .7, .5, .4, .8, .2, .88, .18, .78, .35, .76, .6, .9, .88, .88)),
                    List.of(bend(.2, .12, .6, .06, .8, .28, .55, .6, .18, .94, .5, .9, .9, .92))),
            List.of( // 3
                    List.of(
                            bend(.18, .15, .5, .05, .8, .2, .72, .42, .45, .48),
                            bend(.45, .48, .8, .58, .85, .8, .55, .96, .15, .85)),
                    List.of(line(.15, .07, .8, .07, .45, .42), bend(.45, .42, .82, .55, .82, .82, .5, .96, .15, .85)),
                    List.of(bend(.2, .1, .6, .06, .75, .25, .5, .46, .78, .62, .72, .88, .4, .95, .18, .88))),
            List.of( // 4
                    List.of(line(.25, .05, .15, .55, .88, .55), line(.68, .1, .66, .95)),
                    List.of(line(.65, .95, .65, .05, .12, .62, .9, .62)),
                    List.of(bend(.22, .08, .18, .4, .4, .52, .78, .45), line(.8, .08, .74, .95))),
            List.of( // 5
                    List.of(
                            line(.8, .07, .28, .07, .22, .45),
                            bend(.22, .45, .5, .38, .82, .52, .82, .8, .5, .95, .15, .85)),
                    List.of(
                            bend(.25, .08, .25, .3, .24, .46, .6, .42, .82, .65, .65, .9, .18, .92),
                            line(.25, .08, .85, .06)),
                    List.of(bend(.82, .08, .4, .08, .28, .3, .5, .46, .75, .66, .6, .92, .2, .9))),
            List.of( // 6
                    List.of(bend(.72, .06, .4, .2, .17, .55, .22, .85, .5, .96, .8, .8, .75, .58, .5, .5, .22, .65)),
                    List.of(bend(.45, .05, .25, .4, .18, .75, .42, .95, .75, .85, .72, .6, .42, .55, .2, .75)),
                    List.of(bend(.8, .1, .45, .12, .2, .45, .2, .8, .48, .95, .74, .8, .62, .58, .3, .62))),
            List.of( // 7
                    List.of(line(.12, .08, .86, .08, .42, .95)),
                    List.of(line(.12, .08, .86, .08, .42, .95), line(.28, .5, .74, .5)),
                    List.of(bend(.14, .2, .2, .08, .5, .1, .84, .08, .62, .45, .48, .95))),
            List.of( // 8
                    List.of(bend(
                            .5, .5, .22, .3, .3, .1, .5, .05, .72, .1, .78, .3, .5, .5, .18, .72, .25, .9, .5, .96, .75,
                            .9, .82, .72, .5, .5)),
                    List.of(bend(
                            .75, .15, .45, .05, .25, .22, .5, .46, .78, .7, .6, .94, .32, .92, .22, .74, .5, .5, .76,
                            .25, .7, .1)),
                    List.of(
                            bend(.5, .46, .28, .28, .5, .05, .72, .26, .5, .46),
                            bend(.5, .46, .2, .74, .5, .96, .8, .74, .5, .46))),
            List.of( // 9
                    List.of(bend(.8, .3, .55, .48, .25, .4, .2, .2, .45, .05, .75, .12, .8, .3, .78, .6, .7, .95)),
                    List.of(bend(.78, .25, .5, .46, .22, .32, .35, .08, .7, .08, .8, .35, .76, .7, .55, .92, .22, .9)),
                    List.of(bend(.7, .2, .45, .5, .22, .34, .32, .1, .6, .06, .74, .2), line(.74, .12, .62, .95))));
}
