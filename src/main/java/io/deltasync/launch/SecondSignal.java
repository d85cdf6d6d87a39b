package io.deltasync.launch;

import java.util.concurrent.atomic.AtomicBoolean;

import sun.misc.Signal;

/**
 * Ends the process at once when it is told to end a second time. The first time runs are
 * stopped in order; whoever does not want to wait for that says so again.
 */
public final class SecondSignal {

	private static final AtomicBoolean told = new AtomicBoolean();

	private SecondSignal() {
	}

	/** Listens for the signals that a terminal and a service manager send. */
	public static void listen() {
		for (String name : new String[] { "TERM", "INT" }) {
			Signal.handle(new Signal(name), SecondSignal::received);
		}
	}

	private static void received(Signal signal) {
		int exitCode = 128 + signal.getNumber();
		if (told.getAndSet(true)) {
			Runtime.getRuntime().halt(exitCode);
		}
		new Thread(() -> System.exit(exitCode), "deltasync-exit").start();
	}

}
