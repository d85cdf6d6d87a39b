package io.deltasync.cli.text;

import java.util.Map;

import io.deltasync.event.view.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class PrintableTests {

	private static final String KEY = "x\u001b[2J\n99   open\r\tinjected\u007f\u009b\u202e\u2028";

	@Test
	void controlCharactersAreShownAsEscapes() {
		assertThat(Printable.line(KEY)).isEqualTo("x\\u001b[2J\\n99   open\\r\\tinjected\\u007f\\u009b\\u202e\\u2028");
	}

	@Test
	void lineBreaksAndTabsOfALongTextAreKept() {
		assertThat(Printable.lines("a\r\nb\n\tc\rd\u001b")).isEqualTo("a\r\nb\n\tc\\rd\\u001b");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "plain", "Ærøskøbing 東京 👩‍👩‍👧", "a\\nb" })
	void otherTextIsUnchanged(String text) {
		assertThat(Printable.line(text)).isEqualTo(text);
		assertThat(Printable.lines(text)).isEqualTo(text);
	}

	@Test
	void keyCannotForgeARowOfATable() {
		TextTable table = new TextTable("REJECT", "KEY");
		table.row("1", KEY);

		assertThat(table.toString().lines()).hasSize(2);
		assertThat(table.toString()).doesNotContain("\u001b");
	}

	@Test
	void messageCannotForgeALineOfAnEvent() {
		assertThat(new KeyValueText("Link 'a'").add("Errors", KEY).toString().lines()).hasSize(2);
	}

	@Test
	void jsonContainsOnlyEscapes() {
		assertThat(Json.write(Map.of("key", KEY))).matches("[ -~]*").contains("\\u001B[2J\\n99", "\\u007f");
	}

}
