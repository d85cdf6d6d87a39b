package io.deltasync.console.api.problem;

import java.io.IOException;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpMethod;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Limits the size of a body, and answers with a problem document when another filter
 * fails, for example because tokens cannot be looked up while the database is away.
 */
public class ApiFilter extends OncePerRequestFilter {

	/** The largest body without records, in bytes. */
	public static final int MAX_BODY = 64 * 1024;

	/** The address that records are pushed to ends with this. */
	private static final String RECORDS = "/records";

	private final ApiErrors errors;

	private final long maxPush;

	/**
	 * Creates the filter.
	 * @param errors writes problem documents
	 * @param maxPush the largest body with records, in bytes
	 */
	public ApiFilter(ApiErrors errors, long maxPush) {
		this.errors = errors;
		this.maxPush = maxPush;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain) {
		try {
			boolean push = HttpMethod.POST.matches(request.getMethod()) && request.getRequestURI().endsWith(RECORDS);
			ApiException tooLarge = new ApiException(ProblemType.TOO_LARGE, "A body may have %d bytes%s"
				.formatted(push ? this.maxPush : MAX_BODY, push ? " (deltasync.push.max-body)" : ""));
			long limit = push ? this.maxPush : MAX_BODY;
			if (push && isForm(request)) {
				throw new ApiException(ProblemType.UNSUPPORTED_MEDIA_TYPE,
						"A form is not supported. Send the type of the records in the header Content-Type, such as application/json");
			}
			if (request.getContentLengthLong() > limit) {
				throw tooLarge;
			}
			chain.doFilter(new LimitedRequest(request, limit, tooLarge), response);
		}
		catch (IOException | ServletException | RuntimeException ex) {
			this.errors.write(request, response, ex);
		}
	}

	/** The container would read the body of a form as parameters. */
	private static boolean isForm(HttpServletRequest request) {
		String type = request.getContentType();
		return type != null && (type.startsWith("application/x-www-form-urlencoded") || type.startsWith("multipart/"));
	}

	/** A request whose length may be unknown. */
	private static final class LimitedRequest extends HttpServletRequestWrapper {

		private final long limit;

		private final ApiException tooLarge;

		LimitedRequest(HttpServletRequest request, long limit, ApiException tooLarge) {
			super(request);
			this.limit = limit;
			this.tooLarge = tooLarge;
		}

		@Override
		public ServletInputStream getInputStream() throws IOException {
			return new LimitedStream(super.getInputStream(), this.limit, this.tooLarge);
		}

	}

	/** Fails when more than the limit is read. */
	private static final class LimitedStream extends ServletInputStream {

		private final ServletInputStream body;

		private final long limit;

		private final ApiException tooLarge;

		private long read;

		LimitedStream(ServletInputStream body, long limit, ApiException tooLarge) {
			this.body = body;
			this.limit = limit;
			this.tooLarge = tooLarge;
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
			if (this.read > this.limit) {
				throw this.tooLarge;
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
