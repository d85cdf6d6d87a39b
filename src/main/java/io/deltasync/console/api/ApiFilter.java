package io.deltasync.console.api;

import java.io.IOException;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Limits the size of a body, and answers with a problem document when another filter
 * fails, for example because tokens cannot be looked up while the database is away.
 */
public class ApiFilter extends OncePerRequestFilter {

	/** The largest body, in bytes. */
	static final int MAX_BODY = 64 * 1024;

	private final ApiErrors errors;

	/**
	 * Creates the filter.
	 * @param errors writes problem documents
	 */
	public ApiFilter(ApiErrors errors) {
		this.errors = errors;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain) {
		try {
			if (request.getContentLengthLong() > MAX_BODY) {
				throw tooLarge();
			}
			chain.doFilter(new LimitedRequest(request), response);
		}
		catch (IOException | ServletException | RuntimeException ex) {
			this.errors.write(request, response, ex);
		}
	}

	private static ApiException tooLarge() {
		return new ApiException(ProblemType.TOO_LARGE, "A body may have %d bytes".formatted(MAX_BODY));
	}

	/** A request whose length may be unknown. */
	private static final class LimitedRequest extends HttpServletRequestWrapper {

		LimitedRequest(HttpServletRequest request) {
			super(request);
		}

		@Override
		public ServletInputStream getInputStream() throws IOException {
			return new LimitedStream(super.getInputStream());
		}

	}

	/** Fails when more than the limit is read. */
	private static final class LimitedStream extends ServletInputStream {

		private final ServletInputStream body;

		private long read;

		LimitedStream(ServletInputStream body) {
			this.body = body;
		}

		@Override
		public int read() throws IOException {
			int value = this.body.read();
			count((value < 0) ? 0 : 1);
			return value;
		}

		@Override
		public int read(byte[] bytes, int offset, int length) throws IOException {
			int count = this.body.read(bytes, offset, length);
			count(Math.max(count, 0));
			return count;
		}

		private void count(int more) {
			this.read += more;
			if (this.read > MAX_BODY) {
				throw tooLarge();
			}
		}

		@Override
		public boolean isFinished() {
			return this.body.isFinished();
		}

		@Override
		public boolean isReady() {
			return this.body.isReady();
		}

		@Override
		public void setReadListener(ReadListener listener) {
			this.body.setReadListener(listener);
		}

	}

}
