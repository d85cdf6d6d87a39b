package io.deltasync.cli.process;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

import sun.misc.Signal;

/**
 * Handles termination signals of DeltaSync's own process. The first signal stops the runs
 * in order, within a time limit, because a driver may wait for its server forever. The
 * second signal ends the process at once.
 */
public final class SecondSignal {

	/**
	 * The time to finish after the runs were stopped; the total stays below the 30 s that
	 * Kubernetes grants a pod.
	 */
	private static final Duration LAST_WORDS = Duration.ofSeconds(4);

	private static final AtomicBoolean received = new AtomicBoolean();

	private SecondSignal() {
	}

	/** Registers for the signals that a terminal and a service manager send. */
	public static void listen() {
		for (String name : new String[] { "TERM", "INT" }) {
			try {
				Signal.handle(new Signal(name), SecondSignal::received);
			}
			catch (IllegalArgumentException ex) {
				// with java -Xrs the JVM does not handle signals
			}
		}
	}

	/**
	 * Whether a termination signal was received.
	 * @return true from the first signal on
	 */
	public static boolean isReceived() {
		return received.get();
	}

	private static void received(Signal signal) {
		int exitCode = 128 + signal.getNumber();
		if (received.getAndSet(true)) {
			Runtime.getRuntime().halt(exitCode);
		}
		new Thread(() -> System.exit(exitCode), "deltasync-exit").start();
		Thread limit = new Thread(() -> endInTime(exitCode), "deltasync-exit-limit");
		limit.setDaemon(true);
		limit.start();
	}

	/** Halts the process if it has not ended in time. */
	private static void endInTime(int exitCode) {
		long until = System.nanoTime() + GracefulStop.PATIENCE.plus(LAST_WORDS).toNanos();
		for (long left = until - System.nanoTime(); left > 0; left = until - System.nanoTime()) {
			LockSupport.parkNanos(left);
		}
		Runtime.getRuntime().halt(exitCode);
	}

}
