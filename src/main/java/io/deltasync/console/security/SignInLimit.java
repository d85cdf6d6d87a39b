package io.deltasync.console.security;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.event.AbstractAuthenticationEvent;
import org.springframework.security.authentication.event.AbstractAuthenticationFailureEvent;
import org.springframework.security.authentication.event.AuthenticationSuccessEvent;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses to check passwords for a while after several wrong ones for the same name from
 * the same address, so that passwords cannot be guessed. Others with the same name can
 * still sign in. Each process counts alone. Thread-safe.
 */
public class SignInLimit extends OncePerRequestFilter {

	/** How many wrong passwords are allowed within {@link #PAUSE}. */
	static final int FAILURES = 5;

	static final Duration PAUSE = Duration.ofMinutes(1);

	/** Bounds the memory; whoever fails least recently is forgotten first. */
	private static final int MOST_KNOWN = 10_000;

	private final LongSupplier nanoClock;

	private final Map<String, Failures> failures = new LinkedHashMap<>(16, 0.75f, true) {

		private static final long serialVersionUID = 1L;

		@Override
		protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
			return size() > MOST_KNOWN;
		}

	};

	/**
	 * Creates a limit.
	 * @param nanoClock a clock in nanoseconds, such as {@link System#nanoTime()}
	 */
	public SignInLimit(LongSupplier nanoClock) {
		this.nanoClock = nanoClock;
	}

	@Override
	protected boolean shouldNotFilter(HttpServletRequest request) {
		return !HttpMethod.POST.matches(request.getMethod())
				|| !request.getRequestURI().equals(request.getContextPath() + "/login");
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		if (isLimited(key(request.getParameter("username"), request.getRemoteAddr()))) {
			response.sendRedirect(request.getContextPath() + "/login?limited");
			return;
		}
		chain.doFilter(request, response);
	}

	/**
	 * Counts a wrong password.
	 * @param event a failed sign-in
	 */
	@EventListener
	public void failed(AbstractAuthenticationFailureEvent event) {
		String key = key(event);
		if (key != null) {
			synchronized (this.failures) {
				Failures last = this.failures.get(key);
				boolean counts = last != null && age(last) < PAUSE.toNanos();
				this.failures.put(key, new Failures(counts ? Objects.requireNonNull(last).count() + 1 : 1,
						this.nanoClock.getAsLong()));
			}
		}
	}

	/**
	 * Forgets earlier failures.
	 * @param event a successful sign-in
	 */
	@EventListener
	public void succeeded(AuthenticationSuccessEvent event) {
		String key = key(event);
		if (key != null) {
			synchronized (this.failures) {
				this.failures.remove(key);
			}
		}
	}

	private boolean isLimited(String key) {
		synchronized (this.failures) {
			Failures last = this.failures.get(key);
			return last != null && last.count() >= FAILURES && age(last) < PAUSE.toNanos();
		}
	}

	private long age(Failures last) {
		return this.nanoClock.getAsLong() - last.at();
	}

	/** Requests with access tokens have no address here, and are not limited. */
	private static @Nullable String key(AbstractAuthenticationEvent event) {
		return (event.getAuthentication().getDetails() instanceof WebAuthenticationDetails details)
				? key(event.getAuthentication().getName(), details.getRemoteAddress()) : null;
	}

	private static String key(@Nullable String name, @Nullable String address) {
		return address + "\n" + name;
	}

	/**
	 * Failures for one name from one address.
	 *
	 * @param count how many, each within the pause after the one before
	 * @param at when the last one happened
	 */
	private record Failures(int count, long at) {

	}

}
