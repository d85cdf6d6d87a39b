package io.deltasync.jdbc.read;

import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;

import io.deltasync.jdbc.delta.ClockUnit;
import io.deltasync.jdbc.write.JdbcTargetOptions;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class JdbcOptionsTests {

	@Test
	void missingOptionsHaveDefaults() {
		JdbcSourceOptions source = new JdbcSourceOptions("db", null, null, null, null, null, null, null, null, null);
		JdbcTargetOptions target = new JdbcTargetOptions("db", null, null, null, false);

		assertThat(source.overlap()).isEqualTo(Duration.ofMinutes(1));
		assertThat(source.numberOverlap().of(null, false)).isEqualByComparingTo("1000");
		assertThat(source.numberOverlap().of(ClockUnit.SECONDS, true)).isEqualByComparingTo("1000");
		assertThat(source.numberOverlap().of(ClockUnit.MILLISECONDS, true)).isEqualByComparingTo("60000");
		assertThat(source.zone()).isEqualTo(ZoneOffset.UTC);
		assertThat(target.batchSize()).isEqualTo(1000);
		assertThat(target.zone()).isEqualTo(ZoneOffset.UTC);
	}

	@Test
	void invalidOptionsAreRefusedWithARemedy() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new JdbcSourceOptions("db", null, null, null, Duration.ofSeconds(-1), null, null, null,
					null, null))
			.withMessage("overlap is PT-1S; give a duration of 0 or more, such as 1m");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new JdbcSourceOptions("db", null, null, null, null, -1L, null, null, null, null))
			.withMessageContaining("overlap-numbers is -1");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new JdbcSourceOptions("db", List.of(), null, null, null, null, null, null, null, null))
			.withMessageContaining("key is empty");
		assertThatIllegalArgumentException().isThrownBy(
				() -> new JdbcSourceOptions("db", List.of("a", "a"), null, null, null, null, null, null, null, null))
			.withMessageContaining("key names a column twice");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new JdbcSourceOptions("db", null, null, " ", null, null, null, null, null, null))
			.withMessageContaining("delta-column is empty");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new JdbcSourceOptions("db", null, List.of(), null, null, null, null, null, null, null))
			.withMessageContaining("columns is empty");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new JdbcSourceOptions(" ", null, null, null, null, null, null, null, null, null))
			.withMessageContaining("connection is empty");
		assertThatIllegalArgumentException().isThrownBy(() -> new JdbcTargetOptions("db", null, null, 0, false))
			.withMessageContaining("batch-size is 0");
	}

}
