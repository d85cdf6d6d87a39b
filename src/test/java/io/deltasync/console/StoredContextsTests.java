package io.deltasync.console;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests what is shown of a stored context.
 */
class StoredContextsTests {

	@Test
	void secretsAreMasked() {
		assertThat(StoredContexts.shown("{\"password\":\"s3cret\",\"page\":7}"))
			.isEqualTo("{\"password\":\"***\",\"page\":7}");
	}

	@Test
	void longTextIsCutAfterItsSecretsAreMasked() {
		String secret = "s3cret".repeat(StoredContexts.MOST_TEXT);
		String read = ("{\"page\":7,\"password\":\"" + secret).substring(0, 3 * StoredContexts.MOST_TEXT);

		assertThat(StoredContexts.shown(read)).isEqualTo("{\"page\":7,\"password\":\"***\"");
		assertThat(StoredContexts.shown("x".repeat(StoredContexts.MOST_TEXT + 1))).hasSize(StoredContexts.MOST_TEXT + 1)
			.endsWith("x…");
	}

	@Test
	void javaObjectsAreNotShown() {
		assertThat(StoredContexts.shown("rO0ABXNyABFqYXZh")).doesNotContain("rO0AB");
	}

}
