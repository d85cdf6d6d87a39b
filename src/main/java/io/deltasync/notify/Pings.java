package io.deltasync.notify;

import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls the addresses of services that raise the alarm when the calls stop. A call that
 * fails is logged and not repeated: the next one counts as well. Thread-safe.
 */
public final class Pings implements AutoCloseable {

	private static final Duration LIMIT = Duration.ofSeconds(5);

	private static final Logger logger = LoggerFactory.getLogger(Pings.class);

	private final HttpCalls calls = new HttpCalls(LIMIT);

	private final ExecutorService threads = Executors.newCachedThreadPool((work) -> {
		Thread thread = new Thread(work, "deltasync-ping");
		thread.setDaemon(true);
		return thread;
	});

	/**
	 * Calls an address without waiting for the answer.
	 * @param url the address, which is valid
	 * @param what whose sign of life it is, for messages
	 */
	public void ping(String url, String what) {
		try {
			this.threads.execute(() -> call(url, what));
		}
		catch (RejectedExecutionException ex) {
			logger.debug("{}: no ping, because the process is ending", what);
		}
	}

	private void call(String url, String what) {
		try {
			this.calls.call(HttpRequest.newBuilder(URI.create(url)).header("user-agent", "DeltaSync").GET().build());
		}
		catch (UndeliveredException ex) {
			logger.warn("{}: the ping failed: {}", what, ex.getMessage());
		}
		catch (RuntimeException ex) {
			logger.warn("{}: the ping failed", what);
			logger.debug("No ping", ex);
		}
	}

	/** Waits for the calls in progress, which have a time limit. */
	@Override
	public void close() {
		this.threads.shutdown();
		try {
			if (!this.threads.awaitTermination(LIMIT.toMillis() + 1000, TimeUnit.MILLISECONDS)) {
				this.threads.shutdownNow();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
