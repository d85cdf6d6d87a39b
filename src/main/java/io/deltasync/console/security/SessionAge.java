package io.deltasync.console.security;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Ends sessions that are too old. An open page counts as activity, so without a limit a
 * person could keep a role that was taken away.
 */
public class SessionAge extends OncePerRequestFilter {

	private final Duration most;

	private final InstantSource clock;

	/**
	 * Creates the filter.
	 * @param most the highest age of a session
	 * @param clock the clock of this process, which sessions are created by
	 */
	public SessionAge(Duration most, InstantSource clock) {
		this.most = most;
		this.clock = clock;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		HttpSession session = request.getSession(false);
		if (session != null
				&& this.clock.instant().isAfter(Instant.ofEpochMilli(session.getCreationTime()).plus(this.most))) {
			session.invalidate();
		}
		chain.doFilter(request, response);
	}

}
