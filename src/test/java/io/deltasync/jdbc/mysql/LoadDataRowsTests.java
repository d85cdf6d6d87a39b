package io.deltasync.jdbc.mysql;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LoadDataRowsTests {

	private final LoadDataRows file = new LoadDataRows();

	@Test
	void fieldsAreSeparatedByTabsAndRowsByLineFeeds() throws Exception {
		this.file.add(-7L);
		this.file.addNull();
		this.file.add(true);
		this.file.endRow();
		this.file.add(new BigDecimal("1E+3"));
		this.file.add(new byte[] { 0, -1 });
		this.file.add(LocalDateTime.parse("2026-11-21T08:00:00.5"));
		this.file.endRow();

		assertThat(content()).isEqualTo("-7\t\\N\t1\n1000\t00ff\t2026-11-21 08:00:00.5\n");
		assertThat(this.file.rows()).isEqualTo(2);
	}

	@Test
	void separatorsAreEscapedEvenAmongMultiByteCharacters() throws Exception {
		this.file.add("a\tb\nc\\d\0\\N");
		this.file.add("ü\r\t\uD83D\uDE00\n\\");
		this.file.add("");
		this.file.endRow();

		assertThat(content()).isEqualTo("a\\tb\\nc\\\\d\\0\\\\N\tü\\r\\t\uD83D\uDE00\\n\\\\\t\n");
	}

	@Test
	void timesAreWrittenWithoutRemainsOfLongerOnes() throws Exception {
		this.file.add(LocalDateTime.parse("9999-12-31T23:59:59.999999"));
		this.file.add(LocalDateTime.parse("2026-11-21T08:00:00"));
		this.file.add(LocalDate.of(1000, 1, 1));
		this.file.add(Instant.parse("2026-11-21T08:00:00.000001Z"));
		this.file.add(LocalDate.of(10_000, 1, 1));
		this.file.endRow();

		assertThat(content()).isEqualTo(
				"9999-12-31 23:59:59.999999\t2026-11-21 08:00:00\t1000-01-01\t2026-11-21 08:00:00.000001\t+10000-01-01\n");
	}

	@Test
	void droppedRowLeavesNothing() throws Exception {
		this.file.add(1L);
		this.file.endRow();
		this.file.add("half");
		this.file.dropRow();
		this.file.add(2L);
		this.file.endRow();

		assertThat(content()).isEqualTo("1\n2\n");
	}

	@Test
	void bufferGrowsAsNeeded() throws Exception {
		String text = "\n".repeat(100_000) + "ü".repeat(100_000);
		this.file.add(text);
		this.file.endRow();

		assertThat(content()).isEqualTo(text.replace("\n", "\\n") + "\n");
	}

	@Test
	void rowsStayInOrderWithoutThoseThatWereDropped() throws Exception {
		StringBuilder expected = new StringBuilder();
		for (int i = 0; i < 3_000; i++) {
			this.file.add(i);
			this.file.add("x".repeat(i % 100));
			this.file.endRow();
			expected.append(i).append('\t').append("x".repeat(i % 100)).append('\n');
			this.file.add("dropped");
			this.file.add("y".repeat((i % 1_000 == 0) ? 200_000 : i % 100));
			this.file.dropRow();
		}

		assertThat(content()).isEqualTo(expected.toString());
	}

	@Test
	void rowsAreFullAtTheirSizeWithoutThoseThatWereDropped() throws Exception {
		for (int i = 0; i < 100; i++) {
			this.file.add("x".repeat(100_000));
			this.file.dropRow();
		}
		assertThat(this.file.isFull()).isFalse();
		for (int i = 0; i < 2; i++) {
			this.file.add("x".repeat(50_000));
			this.file.endRow();
		}
		assertThat(this.file.isFull()).isTrue();
		this.file.clear();
		assertThat(this.file.isFull()).isFalse();
		assertThat(content()).isEmpty();
	}

	private String content() throws IOException {
		return new String(this.file.content().readAllBytes(), StandardCharsets.UTF_8);
	}

}
