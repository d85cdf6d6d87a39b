package io.deltasync.console.security;

import java.io.IOException;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.access.AccessDeniedHandlerImpl;
import org.springframework.security.web.csrf.CsrfException;

/**
 * Shows the sign-in page, with the reason, to people whose session has ended: when they
 * submit a form of it, and when an open page asks for a live update. Nothing is done for
 * them before they have signed in and looked again.
 */
public final class LostSession implements AccessDeniedHandler, AuthenticationEntryPoint {

	/** The header of requests for live updates. */
	public static final String LIVE_UPDATE = "HX-Request";

	private static final String SIGN_IN = "/login?expired";

	private final AccessDeniedHandler denied = new AccessDeniedHandlerImpl();

	/** A form without a valid CSRF token is one of a session that has ended. */
	@Override
	public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException ex)
			throws IOException, ServletException {
		if (ex instanceof CsrfException && !response.isCommitted()) {
			response.sendRedirect(request.getContextPath() + SIGN_IN);
		}
		else {
			this.denied.handle(request, response, ex);
		}
	}

	/** A redirect would put the sign-in page into a part of the open one. */
	@Override
	public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException ex) {
		response.setHeader("HX-Redirect", request.getContextPath() + SIGN_IN);
		response.setStatus(HttpStatus.UNAUTHORIZED.value());
	}

}
