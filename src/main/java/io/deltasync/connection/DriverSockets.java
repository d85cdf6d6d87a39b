package io.deltasync.connection;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

import javax.net.SocketFactory;

import org.jspecify.annotations.Nullable;

/**
 * Creates the sockets of MariaDB's driver and reports them. Closing the socket ends a
 * read that waits for the server, whereas the driver's own methods wait for that read.
 * Created by the driver. Thread-safe.
 */
public final class DriverSockets extends SocketFactory {

	private static final ThreadLocal<@Nullable Consumer<Socket>> OPENED = new ThreadLocal<>();

	/**
	 * Connects, and reports each socket that the driver opens in this thread.
	 * @param <T> the result's type
	 * @param opened receives the sockets
	 * @param connect the call that connects
	 * @return the result of the call
	 * @throws Exception any exception of the call
	 */
	static <T> T record(Consumer<Socket> opened, Callable<T> connect) throws Exception {
		OPENED.set(opened);
		try {
			return connect.call();
		}
		finally {
			OPENED.remove();
		}
	}

	@Override
	public Socket createSocket() {
		return opened(new Socket());
	}

	@Override
	public Socket createSocket(String host, int port) throws IOException {
		return opened(new Socket(host, port));
	}

	@Override
	public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
		return opened(new Socket(host, port, localHost, localPort));
	}

	@Override
	public Socket createSocket(InetAddress host, int port) throws IOException {
		return opened(new Socket(host, port));
	}

	@Override
	public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort)
			throws IOException {
		return opened(new Socket(address, port, localAddress, localPort));
	}

	private static Socket opened(Socket socket) {
		Consumer<Socket> opened = OPENED.get();
		if (opened != null) {
			opened.accept(socket);
		}
		return socket;
	}

}
