package io.deltasync.console.api;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

import io.deltasync.console.api.problem.ApiException;
import io.deltasync.console.api.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.core.MethodParameter;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Refuses parameters that an address of the REST API does not have: a misspelled filter
 * would otherwise list everything.
 */
@Component
public class KnownParameters implements HandlerInterceptor {

	@Override
	public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
		if (handler instanceof HandlerMethod method) {
			List<String> known = Arrays.stream(method.getMethodParameters())
				.filter((parameter) -> parameter.hasParameterAnnotation(RequestParam.class))
				.map(KnownParameters::name)
				.toList();
			request.getParameterMap().keySet().stream().filter((name) -> !known.contains(name)).forEach((name) -> {
				throw new ApiException(ProblemType.INVALID_REQUEST, "The parameter '%s' is unknown%s".formatted(name,
						known.isEmpty() ? "" : ". Parameters: " + String.join(", ", known)));
			});
		}
		return true;
	}

	private static String name(MethodParameter parameter) {
		return Objects.requireNonNull(parameter.getParameter().getName());
	}

}
