package io.deltasync.run.verify;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PaceTests {

	private final AtomicLong clock = new AtomicLong(-5);

	private final List<Duration> waits = new ArrayList<>();

	private Pace pace(@Nullable Integer rate, int lanes) {
		return new Pace((time) -> {
			this.waits.add(time);
			this.clock.addAndGet(time.toNanos());
		}, this.clock::get, rate, lanes);
	}

	@Test
	void recordsAreSpreadOverTheTimeThatTheRateGivesThem() {
		Pace pace = pace(100, 2);
		for (int batch = 0; batch < 4; batch++) {
			pace.await(25);
		}
		assertThat(this.waits).as("half of the rate for each of two lanes")
			.containsExactly(Duration.ofMillis(500), Duration.ofMillis(500), Duration.ofMillis(500));
	}

	@Test
	void timeThatTheWorkItselfTakesIsNotWaitedFor() {
		Pace pace = pace(100, 1);
		pace.await(50);
		this.clock.addAndGet(Duration.ofMillis(300).toNanos());
		pace.await(50);
		this.clock.addAndGet(Duration.ofSeconds(10).toNanos());
		pace.await(50);
		pace.await(50);
		assertThat(this.waits).as("a slow batch is not made up for")
			.containsExactly(Duration.ofMillis(200), Duration.ofMillis(500));
	}

	@Test
	void nothingWaitsWithoutARateOrRecords() {
		pace(null, 1).await(1_000_000);
		Pace limited = pace(1, 1);
		limited.await(0);
		limited.await(0);
		assertThat(this.waits).isEmpty();
	}

}
