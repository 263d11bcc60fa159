@NullMarked
package org.thalweg.spark;

import org.jspecify.annotations.NullMarked;
