package io.deltasync.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Forwards connections to a server and injects faults into them. Two threads a
 * connection. Safe for use by many threads.
 */
public final class TcpProxy implements AutoCloseable {

	private static final int PIECE = 16 * 1024;

	private final InetSocketAddress server;

	private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

	private final int port;

	private volatile ServerSocket listening;

	private volatile long heldUntil;

	private final AtomicLong untilFrozen = new AtomicLong(Long.MAX_VALUE);

	private volatile String freezing = "";

	private volatile CountDownLatch frozen = new CountDownLatch(1);

	private volatile long delayMillis;

	/**
	 * Listens at a free port.
	 * @param server where connections are passed on to
	 */
	public TcpProxy(InetSocketAddress server) {
		this.server = server;
		this.listening = listen(0);
		this.port = this.listening.getLocalPort();
		accept(this.listening);
	}

	public int port() {
		return this.port;
	}

	private static ServerSocket listen(int port) {
		try {
			ServerSocket socket = new ServerSocket();
			socket.setReuseAddress(true);
			socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
			return socket;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void accept(ServerSocket listening) {
		start("accept", () -> {
			while (true) {
				connect(listening.accept());
			}
		});
	}

	private void connect(Socket client) throws IOException {
		Socket onward = new Socket();
		this.sockets.add(client);
		this.sockets.add(onward);
		try {
			onward.connect(this.server);
		}
		catch (IOException ex) {
			close(client);
			close(onward);
			return;
		}
		client.setTcpNoDelay(true);
		onward.setTcpNoDelay(true);
		start("forth", () -> pass(client, onward, false));
		start("back", () -> pass(onward, client, true));
	}

	private void pass(Socket from, Socket to, boolean answer) throws IOException {
		try {
			InputStream in = from.getInputStream();
			OutputStream out = to.getOutputStream();
			byte[] piece = new byte[PIECE];
			for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
				if (!answer) {
					freezeIfDue(piece, read);
				}
				else if (this.untilFrozen.addAndGet(-read) < 0) {
					hold(TimeUnit.HOURS.toNanos(1), 0);
					this.frozen.countDown();
				}
				applyFault();
				out.write(piece, 0, read);
			}
		}
		finally {
			close(from);
			close(to);
		}
	}

	private void freezeIfDue(byte[] piece, int length) {
		String text = new String(piece, 0, length, StandardCharsets.ISO_8859_1);
		while (!this.freezing.isEmpty() && text.contains(this.freezing)) {
			this.frozen.countDown();
			LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
		}
	}

	private void applyFault() {
		for (long left = this.heldUntil - System.nanoTime(); left > 0; left = this.heldUntil - System.nanoTime()) {
			LockSupport
				.parkNanos((this.delayMillis > 0) ? Math.min(left, TimeUnit.MILLISECONDS.toNanos(this.delayMillis))
						: Math.min(left, TimeUnit.MILLISECONDS.toNanos(100)));
			if (this.delayMillis > 0) {
				return;
			}
		}
	}

	/** Closes every connection. */
	public void cut() {
		this.sockets.forEach(this::close);
	}

	/** Closes every connection and refuses new ones, until told to listen again. */
	public void refuse() {
		try {
			this.listening.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		cut();
	}

	public void listen() {
		this.listening = listen(this.port);
		accept(this.listening);
	}

	/**
	 * Slows all connections, and those to come.
	 * @param nanos for how long from now on
	 * @param delayMillis by how much each piece; 0: nothing passes until that is over
	 */
	public void hold(long nanos, long delayMillis) {
		this.delayMillis = delayMillis;
		this.heldUntil = System.nanoTime() + nanos;
	}

	/**
	 * Freezes all connections, and those to come, once the server has answered so much:
	 * as if its machine stood still, or a firewall dropped what it sends.
	 * @param bytes how much passes before
	 */
	public void freezeAfter(long bytes) {
		this.frozen = new CountDownLatch(1);
		this.untilFrozen.set(bytes);
	}

	/**
	 * Freezes each connection whose client sends a text: the server gets nothing more.
	 * @param text the text, in ASCII
	 */
	public void freezeAt(String text) {
		this.frozen = new CountDownLatch(1);
		this.freezing = text;
	}

	/**
	 * Waits until nothing passes any more.
	 * @throws InterruptedException when the thread is interrupted
	 */
	public void awaitFrozen() throws InterruptedException {
		if (!this.frozen.await(1, TimeUnit.MINUTES)) {
			throw new AssertionError("The server did not answer so much");
		}
	}

	/** Lets everything pass again, but for what was on its way. */
	public void thaw() {
		this.untilFrozen.set(Long.MAX_VALUE);
		this.freezing = "";
		hold(0, 0);
		cut();
	}

	private void close(Socket socket) {
		this.sockets.remove(socket);
		try {
			socket.close();
		}
		catch (IOException ex) {
			// it is closed already
		}
	}

	@Override
	public void close() {
		refuse();
	}

	private static void start(String what, Work work) {
		Thread thread = new Thread(() -> {
			try {
				work.run();
			}
			catch (IOException ex) {
				// the other end is gone, or we were told to close
			}
		}, "proxy-" + what);
		thread.setDaemon(true);
		thread.start();
	}

	private interface Work {

		void run() throws IOException;

	}

}
