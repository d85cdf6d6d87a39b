package io.deltasync.scope;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ScopeTextsTests {

	private final ScopeTexts texts = new ScopeTexts();

	@Test
	void givesBackWhatWasAddedWhateverTheNumber() {
		List<String> added = new ArrayList<>();
		for (int i = 0; i < 5000; i++) {
			String text = (i % 7 == 0) ? "" : (i % 11 == 0) ? "Größe 漢字 " + i : "{\"offset\":" + i + "}";
			added.add(text);
			assertThat(this.texts.add(text)).isTrue();
			if (i % 1023 < 3) {
				assertThat(this.texts).isEqualTo(added);
			}
		}
		assertThat(this.texts).hasSize(5000).isEqualTo(added);
	}

	@Test
	void hasNothingBehindItsEnd() {
		assertThatThrownBy(() -> this.texts.get(0)).isInstanceOf(IndexOutOfBoundsException.class);
		this.texts.add("a");
		assertThatThrownBy(() -> this.texts.get(1)).isInstanceOf(IndexOutOfBoundsException.class);
		assertThatThrownBy(() -> this.texts.get(5000)).isInstanceOf(IndexOutOfBoundsException.class);
		assertThatThrownBy(() -> this.texts.get(-1)).isInstanceOf(IndexOutOfBoundsException.class);
	}

}
