package io.deltasync.file.s3;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

import io.deltasync.api.Interruptions;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * Ends requests, and the reading of their answers, when the run that waits for them must
 * end. Such a request is not repeated. Thread-safe.
 */
final class StoppableHttp implements SdkHttpClient {

	private final SdkHttpClient client;

	StoppableHttp(SdkHttpClient client) {
		this.client = client;
	}

	@Override
	public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
		ExecutableHttpRequest prepared = this.client.prepareRequest(request);
		return new ExecutableHttpRequest() {

			@Override
			public HttpExecuteResponse call() throws IOException {
				return StoppableHttp.call(prepared);
			}

			@Override
			public void abort() {
				prepared.abort();
			}

		};
	}

	private static HttpExecuteResponse call(ExecutableHttpRequest request) throws IOException {
		Interruptions.Wait wait = Interruptions.begin(request::abort);
		try {
			HttpExecuteResponse response = request.call();
			AbortableInputStream body = response.responseBody().orElse(null);
			if (body == null) {
				wait.close();
				return response;
			}
			return HttpExecuteResponse.builder()
				.response(response.httpResponse())
				.responseBody(AbortableInputStream.create(new Body(body, wait), body))
				.build();
		}
		catch (IOException | RuntimeException ex) {
			wait.close();
			if (wait.isEnded()) {
				throw ended(ex);
			}
			throw ex;
		}
	}

	/**
	 * Not with the failure as its cause: a cause such as a lost connection is retried.
	 */
	private static AbortedException ended(Exception failure) {
		AbortedException ended = AbortedException.create("The run must end");
		ended.addSuppressed(failure);
		return ended;
	}

	@Override
	public void close() {
		this.client.close();
	}

	@Override
	public String clientName() {
		return this.client.clientName();
	}

	/** An answer that is being read. */
	private static final class Body extends FilterInputStream {

		private final Interruptions.Wait wait;

		private Body(InputStream in, Interruptions.Wait wait) {
			super(in);
			this.wait = wait;
		}

		@Override
		public int read() throws IOException {
			try {
				return super.read();
			}
			catch (IOException ex) {
				throw failure(ex);
			}
		}

		@Override
		public int read(byte[] bytes, int offset, int length) throws IOException {
			try {
				return super.read(bytes, offset, length);
			}
			catch (IOException ex) {
				throw failure(ex);
			}
		}

		private IOException failure(IOException failure) {
			if (this.wait.isEnded()) {
				throw ended(failure);
			}
			return failure;
		}

		@Override
		public void close() throws IOException {
			this.wait.close();
			super.close();
		}

	}

}
