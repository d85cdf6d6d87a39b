package io.deltasync.console.api.problem;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import io.deltasync.event.view.Json;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.server.resource.web.BearerTokenAuthenticationEntryPoint;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponse;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

/**
 * Answers every failed request to the REST API with a problem document, wherever it
 * failed: in a handler, before one was found, or in the security filters.
 */
@Component
public class ApiErrors implements HandlerExceptionResolver, AuthenticationEntryPoint, AccessDeniedHandler, Ordered {

	private static final Logger logger = LoggerFactory.getLogger(ApiErrors.class);

	private static final String RETRY_SECONDS = "10";

	private final BearerTokenAuthenticationEntryPoint challenge = new BearerTokenAuthenticationEntryPoint();

	/** Before those of Spring MVC, which send error pages. */
	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

	@Override
	public @Nullable ModelAndView resolveException(HttpServletRequest request, HttpServletResponse response,
			@Nullable Object handler, Exception ex) {
		if (!isApi(request)) {
			return null;
		}
		write(request, response, ex);
		return new ModelAndView();
	}

	/**
	 * Answers with the problem that an exception describes.
	 * @param request the request
	 * @param response its response
	 * @param thrown the exception
	 */
	void write(HttpServletRequest request, HttpServletResponse response, Throwable thrown) {
		Problem problem = Problems.of(thrown, request.getRequestURI());
		if (thrown instanceof ErrorResponse rejected) {
			rejected.getHeaders().forEach((name, values) -> values.forEach((value) -> response.addHeader(name, value)));
		}
		write(response, problem);
	}

	@Override
	public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException ex) {
		// sets the header with which a client learns what kind of token is needed
		this.challenge.commence(request, response, ex);
		String reason = (request.getHeader(HttpHeaders.AUTHORIZATION) == null)
				? "Send an access token: 'Authorization: Bearer TOKEN'" : "The access token is unknown or has expired";
		write(response, Problem.of(ProblemType.UNAUTHENTICATED, reason, request.getRequestURI()));
	}

	@Override
	public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException ex) {
		write(response, Problem.of(ProblemType.FORBIDDEN, "The role of the access token does not permit this",
				request.getRequestURI()));
	}

	private static void write(HttpServletResponse response, Problem problem) {
		if (response.isCommitted()) {
			logger.warn("A response broke off: {}", problem.detail());
			return;
		}
		response.resetBuffer();
		response.setStatus(problem.status());
		response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
		if (problem.status() == ProblemType.UNAVAILABLE.status().value()
				|| problem.status() == ProblemType.INBOX_FULL.status().value()) {
			response.setHeader(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
		}
		try {
			response.getOutputStream().write(Json.write(problem).getBytes(StandardCharsets.US_ASCII));
		}
		catch (IOException ex) {
			logger.debug("The client has closed the connection", ex);
		}
	}

	static boolean isApi(HttpServletRequest request) {
		return request.getRequestURI().startsWith(request.getContextPath() + "/api/");
	}

}
