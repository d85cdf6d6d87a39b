package io.deltasync.scope;

import java.util.List;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class PageTextTests {

	private final List<ScopeEntry> scopes = List.of(new ScopeEntry(7, "{\"@long\":5}"), new ScopeEntry(8, null),
			new ScopeEntry(Long.MAX_VALUE, ""), new ScopeEntry(9, "zoë \ud83d\ude00 \ud83d \\ \n"));

	@Test
	void scopesComeBackAsTheyWere() {
		assertThat(PageText.read(PageText.write(this.scopes))).isEqualTo(this.scopes);
		assertThat(PageText.read(PageText.write(List.of()))).isEmpty();
	}

	@Test
	void itIsJsonThatOthersRead() {
		assertThat(new JsonMapper().readValue(PageText.write(this.scopes), ScopeEntry[].class))
			.containsExactlyElementsOf(this.scopes);
	}

}
