package io.deltasync.http.connection;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import javax.net.ssl.SSLContext;

import io.deltasync.api.Interruptions;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseParserFactory;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Sends single requests, without redirects, repetitions, cookies or credentials of its
 * own. Bounds everything that a server decides on but the body: how long it takes, and
 * how much it sends before the body. Thread-safe.
 */
final class Transport implements AutoCloseable {

	private static final int LONGEST_LINE = 32 * 1024;

	private static final int MOST_HEADERS = 200;

	/** Lanes limit how many requests there are at a time. */
	private static final int MOST_CONNECTIONS = 1000;

	private final CloseableHttpClient client;

	private final ScheduledThreadPoolExecutor deadlines;

	private final long callMillis;

	private final CheckedAddresses addresses;

	private final boolean proxied;

	Transport(HttpSettings settings, @Nullable SSLContext ssl) {
		this(settings, ssl, SystemDefaultDnsResolver.INSTANCE);
	}

	Transport(HttpSettings settings, @Nullable SSLContext ssl, DnsResolver dns) {
		this.callMillis = settings.callTimeout().toMillis();
		this.deadlines = new ScheduledThreadPoolExecutor(1, (work) -> {
			Thread thread = new Thread(work, "deltasync-http-deadlines");
			thread.setDaemon(true);
			return thread;
		});
		this.deadlines.setRemoveOnCancelPolicy(true);
		URI proxy = (settings.proxy() != null) ? URI.create(settings.proxy()) : null;
		this.proxied = proxy != null;
		this.addresses = new CheckedAddresses(dns, AddressPolicy.of(settings),
				(proxy != null) ? proxy.getHost() : null);
		Timeout read = Timeout.of(settings.readTimeout());
		Http1Config bounds = Http1Config.custom()
			.setMaxLineLength(LONGEST_LINE)
			.setMaxHeaderCount(MOST_HEADERS)
			.build();
		this.client = HttpClients.custom()
			.setProxy((proxy != null) ? new HttpHost(proxy.getScheme(), proxy.getHost(), proxy.getPort()) : null)
			.setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
				.setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
					.http1Config(bounds)
					.responseParserFactory(new DefaultHttpResponseParserFactory(bounds))
					.build())
				.setDnsResolver(this.addresses)
				.setTlsSocketStrategy(
						(ssl != null) ? new DefaultClientTlsStrategy(ssl) : DefaultClientTlsStrategy.createDefault())
				.setDefaultConnectionConfig(ConnectionConfig.custom()
					.setConnectTimeout(Timeout.of(settings.connectTimeout()))
					.setSocketTimeout(read)
					.build())
				.setDefaultSocketConfig(SocketConfig.custom().setSoTimeout(read).build())
				.setMaxConnTotal(MOST_CONNECTIONS)
				.setMaxConnPerRoute(MOST_CONNECTIONS)
				.build())
			.setDefaultRequestConfig(RequestConfig.custom()
				.setConnectionRequestTimeout(Timeout.of(settings.callTimeout()))
				.setResponseTimeout(read)
				.build())
			.disableRedirectHandling()
			.disableAutomaticRetries()
			.disableCookieManagement()
			.disableAuthCaching()
			.disableContentCompression()
			.build();
	}

	/**
	 * Sends a request and waits for the head of its answer.
	 * @return the exchange, which must be closed
	 * @throws CallTimeoutException if it takes longer than a call may
	 * @throws CallEndedException if the run must end
	 * @throws IOException if there is no answer
	 */
	Exchange execute(HttpUriRequestBase request) throws IOException {
		if (this.proxied) {
			this.addresses.checkWithoutLookup(request.getAuthority().getHostName());
		}
		AtomicBoolean late = new AtomicBoolean();
		Future<?> deadline = this.deadlines.schedule(() -> {
			late.set(true);
			request.cancel();
		}, this.callMillis, TimeUnit.MILLISECONDS);
		Interruptions.Wait wait = Interruptions.begin(request::cancel);
		Limits limits = new Limits(deadline, late, wait);
		try {
			return new Exchange(this.client.executeOpen(null, request, HttpClientContext.create()), limits);
		}
		catch (IOException ex) {
			limits.close();
			throw limits.cause(ex);
		}
		catch (RuntimeException ex) {
			limits.close();
			throw ex;
		}
	}

	@Override
	public void close() {
		this.deadlines.shutdownNow();
		this.client.close(CloseMode.IMMEDIATE);
	}

	/**
	 * An answer whose body may still have to be read.
	 *
	 * @param response the answer
	 * @param limits what may cancel the request
	 */
	record Exchange(ClassicHttpResponse response, Limits limits) implements AutoCloseable {

		/** Closes the socket unless the body was read to its end. */
		@Override
		public void close() throws IOException {
			this.limits.close();
			this.response.close();
		}

	}

	/**
	 * What may cancel a request.
	 *
	 * @param deadline cancels it when it takes too long
	 * @param late whether it has
	 * @param stop cancels it when the run must end
	 */
	record Limits(Future<?> deadline, AtomicBoolean late, Interruptions.Wait stop) implements AutoCloseable {

		/** Returns why a request failed. */
		IOException cause(IOException failure) {
			if (this.stop.isEnded()) {
				return new CallEndedException(failure);
			}
			return this.late.get() ? new CallTimeoutException(failure) : failure;
		}

		@Override
		public void close() {
			this.deadline.cancel(false);
			this.stop.close();
		}

	}

	/** A call was ended because the run must end. */
	static final class CallEndedException extends InterruptedIOException {

		private static final long serialVersionUID = 1L;

		CallEndedException(Throwable cause) {
			super("the run must end");
			initCause(cause);
		}

	}

	/** A call took longer than it may. */
	static final class CallTimeoutException extends InterruptedIOException {

		private static final long serialVersionUID = 1L;

		CallTimeoutException(Throwable cause) {
			super("the call took too long");
			initCause(cause);
		}

	}

}
