/**
 * Small settings files in YAML 1.2, read strictly: architectures and data sets that users describe.
 *
 * <p>A tree of texts with line numbers; what the texts mean is for those who ask. Anchors, aliases and tags are refused, so a
 * file is never larger than it looks and names no class. Main type: {@link org.thalweg.yaml.YamlNode}.
 */
@NullMarked
package org.thalweg.yaml;

import org.jspecify.annotations.NullMarked;
