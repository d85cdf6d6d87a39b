package io.deltasync.cli;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

import sun.misc.Signal;

/**
 * What DeltaSync's own process does when it is told to end. The first time runs are
 * stopped in order, for which there is limited time: a driver may wait for its server for
 * ever. The second time the process ends at once.
 */
public final class SecondSignal {

	/**
	 * What is left to do after the runs have had their time; in all less than the 30 s
	 * that Kubernetes gives a pod.
	 */
	private static final Duration LAST_WORDS = Duration.ofSeconds(4);

	private static final AtomicBoolean told = new AtomicBoolean();

	private SecondSignal() {
	}

	/** Listens for the signals that a terminal and a service manager send. */
	public static void listen() {
		for (String name : new String[] { "TERM", "INT" }) {
			try {
				Signal.handle(new Signal(name), SecondSignal::received);
			}
			catch (IllegalArgumentException ex) {
				// with java -Xrs the JVM leaves its signals to the operating system
			}
		}
	}

	/**
	 * Whether the process was told to end.
	 * @return true from the first signal on
	 */
	static boolean isTold() {
		return told.get();
	}

	private static void received(Signal signal) {
		int exitCode = 128 + signal.getNumber();
		if (told.getAndSet(true)) {
			Runtime.getRuntime().halt(exitCode);
		}
		new Thread(() -> System.exit(exitCode), "deltasync-exit").start();
		Thread limit = new Thread(() -> endInTime(exitCode), "deltasync-exit-limit");
		limit.setDaemon(true);
		limit.start();
	}

	/** Only a process that is still there hears of this. */
	private static void endInTime(int exitCode) {
		long until = System.nanoTime() + GracefulStop.PATIENCE.plus(LAST_WORDS).toNanos();
		for (long left = until - System.nanoTime(); left > 0; left = until - System.nanoTime()) {
			LockSupport.parkNanos(left);
		}
		Runtime.getRuntime().halt(exitCode);
	}

}
