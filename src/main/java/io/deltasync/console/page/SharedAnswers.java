package io.deltasync.console.page;

import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.regex.Pattern;

import io.deltasync.console.security.LostSession;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * Answers a live update with what another open page of the same address was sent a moment
 * ago, so that many open pages cost little more than one.
 * <p>
 * This filter runs before all others, most of whose work is the same for each update, and
 * so before the permission is checked. That is safe because an answer is shared only
 * among people who are signed in and have the same authorities: all of them have the
 * permission with which it was made, and what authorities permit does not change while
 * the process runs. Thread-safe.
 */
public final class SharedAnswers extends OncePerRequestFilter {

	/**
	 * With the interval in which open pages ask, a change is visible within 2 seconds.
	 */
	static final Duration LONGEST = Duration.ofMillis(400);

	/**
	 * How long an answer is shared while its version is the current one. Limits how long
	 * a page shows the same ages.
	 */
	static final Duration LONGEST_UNCHANGED = Duration.ofSeconds(10);

	/**
	 * The parameter with the version that an open page shows. An answer is empty if that
	 * is still the version, and does not depend on the parameter otherwise.
	 */
	static final String SEEN = "seen";

	private static final String LIFETIME = SharedAnswers.class.getName() + ".lifetime";

	private static final String VERSION = SharedAnswers.class.getName() + ".version";

	private static final String CURRENT = SharedAnswers.class.getName() + ".current";

	private static final Pattern SEEN_IN_QUERY = Pattern.compile("(^|&)" + SEEN + "=[^&]*");

	private final LongSupplier nanoClock;

	private final long mostBytes;

	private final Map<Key, SharedAnswer> answers = new ConcurrentHashMap<>();

	/**
	 * The answers that are being made; each is completed when it is stored, or is not.
	 */
	private final Map<Key, CompletableFuture<Void>> making = new ConcurrentHashMap<>();

	/**
	 * Creates the filter.
	 * @param nanoClock a clock in nanoseconds, such as {@link System#nanoTime()}
	 * @param mostBytes the memory that answers may use
	 */
	public SharedAnswers(LongSupplier nanoClock, long mostBytes) {
		this.nanoClock = nanoClock;
		this.mostBytes = mostBytes;
	}

	/**
	 * Allows that the answer to a live update is sent to other people with the same
	 * authorities, too. It must not depend on the person or the session.
	 * @param request the request
	 * @param lifetime how long, counted from the arrival of the request, up to
	 * {@link #LONGEST}
	 */
	static void share(HttpServletRequest request, Duration lifetime) {
		request.setAttribute(LIFETIME, (lifetime.compareTo(LONGEST) < 0) ? lifetime : LONGEST);
	}

	/**
	 * Does the same for an answer that has a version: it is shared as long as that is the
	 * current one, up to {@link #LONGEST_UNCHANGED}. Pages that show the version already
	 * are sent none.
	 * @param request the request
	 * @param version the version of the answer, which may be empty because the page that
	 * asks shows it already; read before the answer was made
	 * @param current reads the current version, at little cost, because each update calls
	 * it; it must not depend on the person, either
	 */
	static void share(HttpServletRequest request, Object version, Supplier<?> current) {
		request.setAttribute(LIFETIME, LONGEST_UNCHANGED);
		request.setAttribute(VERSION, version);
		request.setAttribute(CURRENT, current);
	}

	@Override
	protected boolean shouldNotFilter(HttpServletRequest request) {
		return !HttpMethod.GET.matches(request.getMethod()) || request.getHeader(LostSession.LIVE_UPDATE) == null;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		Authentication person = signedIn(request);
		if (person == null || !person.isAuthenticated()) {
			chain.doFilter(request, response);
			return;
		}
		Key key = Key.of(request, person);
		String seen = request.getParameter(SEEN);
		CompletableFuture<Void> stored = new CompletableFuture<>();
		SharedAnswer shared = find(key, seen);
		CompletableFuture<Void> other = (shared == null) ? this.making.putIfAbsent(key, stored) : null;
		if (other != null) {
			await(other);
			shared = find(key, seen);
		}
		if (shared != null) {
			shared.write(seen, response);
			return;
		}
		try {
			make(key, request, response, chain);
		}
		finally {
			this.making.remove(key, stored);
			stored.complete(null);
		}
	}

	private @Nullable SharedAnswer find(Key key, @Nullable String seen) {
		SharedAnswer answer = this.answers.get(key);
		return (answer != null && answer.isFresh(this.nanoClock.getAsLong()) && answer.isFor(seen)
				&& answer.isCurrent()) ? answer : null;
	}

	/** Whoever has waited in vain makes an answer without waiting again. */
	private static void await(CompletableFuture<Void> stored) {
		try {
			stored.get(LONGEST.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (ExecutionException | TimeoutException ex) {
			// the other answer takes longer than it could be shared
		}
	}

	private void make(Key key, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		long arrived = this.nanoClock.getAsLong();
		ContentCachingResponseWrapper copy = new ContentCachingResponseWrapper(response);
		chain.doFilter(request, copy);
		if (request.getAttribute(LIFETIME) instanceof Duration lifetime) {
			store(key, SharedAnswer.of(copy, request.getAttribute(VERSION), (Supplier<?>) request.getAttribute(CURRENT),
					arrived + lifetime.toNanos()));
		}
		copy.copyBodyToResponse();
	}

	private static @Nullable Authentication signedIn(HttpServletRequest request) {
		HttpSession session = request.getSession(false);
		return (session != null && session.getAttribute(
				HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY) instanceof SecurityContext context)
						? context.getAuthentication() : null;
	}

	private synchronized void store(Key key, SharedAnswer answer) {
		long now = this.nanoClock.getAsLong();
		this.answers.values().removeIf((old) -> !old.isFresh(now));
		this.answers.remove(key);
		long used = this.answers.entrySet().stream().mapToLong((old) -> bytes(old.getKey(), old.getValue())).sum();
		if (answer.isShareable() && answer.isFresh(now) && used + bytes(key, answer) <= this.mostBytes) {
			this.answers.put(key, answer);
		}
	}

	private static long bytes(Key key, SharedAnswer answer) {
		return key.bytes() + answer.body().length;
	}

	/**
	 * What an answer depends on.
	 *
	 * @param secure whether it is sent with TLS
	 * @param address the path, with that of the context, as it was sent
	 * @param query the query without the version that the page shows; null if there is
	 * none
	 * @param language the languages of the browser; null if it does not say
	 * @param authorities what the person may do
	 */
	private record Key(boolean secure, String address, @Nullable String query, @Nullable String language,
			Set<String> authorities) {

		private static final int BYTES = 1000;

		static Key of(HttpServletRequest request, Authentication person) {
			Set<String> authorities = new HashSet<>();
			for (GrantedAuthority authority : person.getAuthorities()) {
				authorities.add(authority.getAuthority());
			}
			String query = request.getQueryString();
			return new Key(request.isSecure(), request.getRequestURI(),
					(query != null) ? SEEN_IN_QUERY.matcher(query).replaceAll("") : null,
					request.getHeader(HttpHeaders.ACCEPT_LANGUAGE), authorities);
		}

		long bytes() {
			return BYTES + 2L * (this.address.length() + length(this.query) + length(this.language));
		}

		private static int length(@Nullable String text) {
			return (text != null) ? text.length() : 0;
		}

	}

}
