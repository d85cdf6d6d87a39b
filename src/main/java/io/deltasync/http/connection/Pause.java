package io.deltasync.http.connection;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.deltasync.api.Interruptions;

/**
 * Waits that end early when the run must end.
 */
final class Pause {

	private Pause() {
	}

	/**
	 * Waits.
	 * @throws InterruptedException if the run must end, or the thread is interrupted
	 */
	static void of(Duration time) throws InterruptedException {
		CountDownLatch ended = new CountDownLatch(1);
		try (Interruptions.Wait wait = Interruptions.begin(ended::countDown)) {
			if (ended.await(time.toNanos(), TimeUnit.NANOSECONDS) && wait.isEnded()) {
				throw new InterruptedException("the run must end");
			}
		}
	}

}
