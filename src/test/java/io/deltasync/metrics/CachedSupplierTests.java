package io.deltasync.metrics;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(30)
class CachedSupplierTests {

	private static final Duration DISTANCE = Duration.ofSeconds(10);

	private static final Duration NO_PATIENCE = Duration.ofMillis(1);

	private final AtomicLong clock = new AtomicLong(-5);

	private final AtomicInteger asked = new AtomicInteger();

	private final Deque<Runnable> work = new ArrayDeque<>();

	private boolean away;

	private Integer answer() {
		if (this.away) {
			throw new IllegalStateException("away");
		}
		return this.asked.incrementAndGet();
	}

	private CachedSupplier<Integer> atOnce() {
		return new CachedSupplier<>(this::answer, DISTANCE, Duration.ofSeconds(20), Runnable::run, this.clock::get);
	}

	private CachedSupplier<Integer> someTime() {
		return new CachedSupplier<>(this::answer, DISTANCE, NO_PATIENCE, this.work::add, this.clock::get);
	}

	@Test
	void supplierIsCalledAgainAfterTheInterval() {
		CachedSupplier<Integer> cached = atOnce();
		assertThat(cached.get().value()).isEqualTo(1);
		this.clock.addAndGet(DISTANCE.toNanos() - 1);
		assertThat(cached.get().value()).isEqualTo(1);
		this.clock.incrementAndGet();
		assertThat(cached.get().value()).isEqualTo(2);
	}

	@Test
	void lastAnswerIsKeptWhileTheSupplierFails() {
		CachedSupplier<Integer> cached = atOnce();
		cached.get();
		assertThat(cached.isAnswered()).isTrue();
		this.away = true;
		this.clock.addAndGet(DISTANCE.toNanos());
		assertThat(cached.get().value()).isEqualTo(1);
		assertThat(cached.isAnswered()).isFalse();
		this.away = false;
		assertThat(cached.isAnswered()).as("it is not asked again at once").isFalse();
		this.clock.addAndGet(DISTANCE.toNanos());
		assertThat(cached.isAnswered()).isTrue();
	}

	@Test
	void isAnsweredCallsTheSupplierItself() {
		CachedSupplier<Integer> cached = new CachedSupplier<>(this::answer, Duration.ZERO, Duration.ofSeconds(20),
				Runnable::run, this.clock::get);
		assertThat(cached.isAnswered()).isTrue();
		assertThat(this.asked).hasValue(1);
	}

	@Test
	void slowSupplierIsNeitherWaitedForNorCalledTwice() {
		CachedSupplier<Integer> cached = someTime();
		assertThat(cached.get()).isNull();
		this.clock.addAndGet(10 * DISTANCE.toNanos());
		assertThat(cached.get()).isNull();
		assertThat(cached.isAnswered()).isFalse();
		assertThat(this.work).hasSize(1);
		this.work.remove().run();
		assertThat(cached.isAnswered()).as("it is asked again, as the answer is old").isFalse();
		assertThat(cached.get().value()).isEqualTo(1);
		this.work.remove().run();
		assertThat(cached.isAnswered()).isTrue();
		assertThat(cached.get().value()).isEqualTo(2);
	}

}
