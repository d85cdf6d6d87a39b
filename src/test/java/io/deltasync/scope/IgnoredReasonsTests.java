package io.deltasync.scope;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class IgnoredReasonsTests {

	@Test
	void reasonIsOneLine() {
		assertThat(IgnoredReasons.of(" not\n\twanted  here ")).isEqualTo("not wanted here");
	}

	@Test
	void blankReasonIsCountedAsNone() {
		assertThat(IgnoredReasons.of(" \n")).isEqualTo("no reason");
	}

	@Test
	void longReasonIsCutToTwoHundredCharacters() {
		assertThat(IgnoredReasons.of("x".repeat(200))).isEqualTo("x".repeat(200));
		assertThat(IgnoredReasons.of("x".repeat(201))).isEqualTo("x".repeat(199) + "…");
	}

}
