package io.deltasync.jdbc.mysql;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class LoadDataFileTests {

	private static final int ROWS = 5_000;

	private final LoadDataRows buffer = new LoadDataRows();

	private int next;

	/** Adds a row of about 50 bytes. */
	private boolean add() {
		if (this.next == ROWS) {
			return false;
		}
		this.buffer.dropRow();
		this.buffer.add(this.next++);
		this.buffer.add("x".repeat(45));
		this.buffer.endRow();
		return true;
	}

	private static String lines(IntStream ids) {
		return ids.mapToObj((id) -> id + "\t" + "x".repeat(45) + "\n").collect(Collectors.joining());
	}

	private static String text(LoadDataFile file) throws IOException {
		return new String(file.readAllBytes(), StandardCharsets.UTF_8);
	}

	@Test
	void rowsAreAskedForWhileOthersAreSent() throws Exception {
		LoadDataFile file = new LoadDataFile(this.buffer, this::add);

		assertThat(this.next).isZero();
		int first = file.read(new byte[1 << 20]);
		assertThat(first).isBetween(1 << 16, 1 << 17);
		assertThat(this.next).isBetween(first / 60, first / 40);
		text(file);
		assertThat(this.next).isEqualTo(ROWS);
	}

	@Test
	void allRowsArriveWhateverTheDriverReadsAtATime() throws Exception {
		LoadDataFile file = new LoadDataFile(this.buffer, this::add);

		assertThat(file.read()).isEqualTo('0');
		assertThat(file.read()).isEqualTo('\t');
		assertThat(new String(file.readNBytes(100_000), StandardCharsets.UTF_8) + text(file))
			.isEqualTo(lines(IntStream.range(0, ROWS)).substring(2));
		assertThat(file.rows()).isEqualTo(ROWS);
		assertThat(file.read()).isEqualTo(-1);
	}

	@Test
	void rowsBehindLongRefusedOnesAreSent() throws Exception {
		LoadDataFile file = new LoadDataFile(this.buffer, () -> {
			if (this.next % 1_000 == 0 && this.next < ROWS) {
				this.next++;
				this.buffer.dropRow();
				this.buffer.add("refused after this value".repeat(10_000));
				return true;
			}
			return add();
		});

		assertThat(text(file)).isEqualTo(lines(IntStream.range(0, ROWS).filter((id) -> id % 1_000 != 0)));
		assertThat(file.rows()).isEqualTo(ROWS - 5);
	}

	@Test
	void rowsThatWereEndedBeforeComeFirst() throws Exception {
		this.buffer.add(-1L);
		this.buffer.endRow();
		this.buffer.add("not ended");
		LoadDataFile file = new LoadDataFile(this.buffer, this::add);

		assertThat(text(file)).isEqualTo("-1\n" + lines(IntStream.range(0, ROWS)));
		assertThat(file.rows()).isEqualTo(ROWS + 1);
	}

	@Test
	void emptyFileHasNoRows() throws Exception {
		LoadDataFile file = new LoadDataFile(this.buffer, () -> false);

		assertThat(text(file)).isEmpty();
		assertThat(file.rows()).isZero();
		assertThatCode(file::throwIfFailed).doesNotThrowAnyException();
	}

	@Test
	void failureEndsTheFileInsteadOfTheDriversCall() throws Exception {
		SQLException refusal = new SQLException("no");
		LoadDataFile file = new LoadDataFile(this.buffer, () -> {
			if (this.next == 3_000) {
				throw refusal;
			}
			return add();
		});

		assertThat(text(file)).isEqualTo(lines(IntStream.range(0, 3_000)));
		assertThatExceptionOfType(SQLException.class).isThrownBy(file::throwIfFailed).isSameAs(refusal);
	}

	@Test
	void programmingErrorEndsTheFileAsWell() throws Exception {
		LoadDataFile file = new LoadDataFile(this.buffer, () -> {
			throw new IllegalStateException("no");
		});

		assertThat(text(file)).isEmpty();
		assertThatIllegalStateException().isThrownBy(file::throwIfFailed);
	}

}
