package io.deltasync.cli.text;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TextTableTests {

	@Test
	void columnsFitTheirWidestCellAndNumbersAreRightAligned() {
		TextTable table = new TextTable("LINK", ">FETCHED", "STATUS");
		table.row("a", "7", "successful");
		table.row("a long name", "1,234,567", "x");

		assertThat(table.toString().lines()).containsExactly("LINK           FETCHED  STATUS",
				"a                    7  successful", "a long name  1,234,567  x");
	}

}
