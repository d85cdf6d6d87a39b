package io.deltasync.autoconfigure;

import java.io.UncheckedIOException;

import org.junit.jupiter.api.Test;
import org.springframework.core.io.DefaultResourceLoader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests {@link WebJar}.
 */
class WebJarTests {

	@Test
	void theFilesOfALibraryAreFoundWhateverItsVersionIs() {
		String location = WebJar.location("htmx.org");

		assertThat(new DefaultResourceLoader().getResource(location + "dist/htmx.min.js").exists()).isTrue();
	}

	@Test
	void aMissingLibraryIsNamed() {
		assertThatThrownBy(() -> WebJar.location("none")).isInstanceOf(UncheckedIOException.class)
			.hasMessageContaining("org.webjars.npm:none");
	}

}
