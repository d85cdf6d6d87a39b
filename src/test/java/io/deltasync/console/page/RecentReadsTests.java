package io.deltasync.console.page;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests {@link RecentReads}.
 */
class RecentReadsTests {

	private final AtomicReference<Instant> clock = new AtomicReference<>(Instant.parse("2026-11-30T08:00:00Z"));

	private final RecentReads<Integer, String> recent = new RecentReads<>(this.clock::get);

	private final List<Integer> read = new ArrayList<>();

	private String get(int key) {
		return this.recent.get(key, (one) -> {
			this.read.add(one);
			return one + "." + this.read.size();
		});
	}

	@Test
	void whatWasJustReadIsNotReadAgain() {
		assertThat(get(1)).isEqualTo("1.1");
		assertThat(get(1)).isEqualTo("1.1");
		assertThat(get(2)).isEqualTo("2.2");
	}

	@Test
	void whatWasReadSomeTimeAgoIsReadAgain() {
		get(1);
		this.clock.updateAndGet((now) -> now.plusMillis(400));
		assertThat(get(1)).isEqualTo("1.2");
	}

	@Test
	void clockThatIsSetBackDoesNotKeepWhatWasRead() {
		get(1);
		this.clock.updateAndGet((now) -> now.minusSeconds(3600));
		assertThat(get(1)).isEqualTo("1.2");
	}

	@Test
	void whatIsBeingReadIsAwaited() throws InterruptedException {
		CountDownLatch awaited = new CountDownLatch(1);
		List<String> answers = Collections.synchronizedList(new ArrayList<>());
		CountDownLatch reading = new CountDownLatch(1);
		Thread first = new Thread(() -> answers.add(this.recent.get(1, (one) -> {
			reading.countDown();
			try {
				awaited.await();
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
			return "first";
		})));
		Thread second = new Thread(() -> answers.add(this.recent.get(1, (one) -> "second")));
		first.start();
		reading.await();
		second.start();
		while (second.getState() != Thread.State.BLOCKED) {
			assertThat(second.isAlive()).isTrue();
			Thread.onSpinWait();
		}
		awaited.countDown();
		first.join();
		second.join();
		assertThat(answers).containsExactly("first", "first");
	}

	@Test
	void failureIsNotKept() {
		assertThatIllegalStateException().isThrownBy(() -> this.recent.get(1, (one) -> {
			throw new IllegalStateException("the database is away");
		}));
		assertThat(get(1)).isEqualTo("1.1");
	}

}
