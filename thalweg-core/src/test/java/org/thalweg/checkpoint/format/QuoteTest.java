package org.thalweg.checkpoint.format;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QuoteTest {
    @Test
    void namesStayOnOneLineAndShort() {
        assertThat(Quote.of("0.weight")).isEqualTo("\"0.weight\"");
        assertThat(Quote.of("a\nb\"c\\\u2028\u001b[31m")).isEqualTo("\"a\\u000ab\\\"c\\\\\\u2028\\u001b[31m\"");
        assertThat(Quote.of("x".repeat(200))).isEqualTo("\"" + "x".repeat(80) + "…\"");
        assertThat(Quote.of("gruß")).isEqualTo("\"gruß\"");
    }
}
