/**
 * Ensembles of networks on one backbone: how heads are adjusted to it, what the ensemble predicts, and how good that is for
 * every number of members.
 *
 * <p>Knows no files and no tables. Main types: {@link org.thalweg.ensemble.EnsembleBuilder}, which makes an
 * {@link org.thalweg.network.Ensemble}, and {@link org.thalweg.ensemble.EnsembleRunner}, which runs one.
 */
@NullMarked
package org.thalweg.ensemble;

import org.jspecify.annotations.NullMarked;
