package chat.parley.web.problem;

import chat.parley.api.ExceptionSummary;
import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.util.InvalidMimeTypeException;
import org.springframework.validation.FieldError;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.context.request.async.AsyncRequestTimeoutException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MultipartException;

/** Maps each exception to the problem that the client gets. */
public final class Problems {
    private static final Logger log = LoggerFactory.getLogger(Problems.class);

    private Problems() {}

    public static Problem of(Throwable thrown) {
        if (thrown instanceof Refused refused) {
            return Problem.of(refused);
        }
        return Refused.in(thrown).map(Problem::of).orElseGet(() -> ofForeign(thrown));
    }

    private static Problem ofForeign(Throwable thrown) {
        return switch (thrown) {
            case RateLimited limited -> Problem.of(limited);
            case HttpMessageNotReadableException unreadable -> Problem.of(Refusal.MALFORMED_JSON);
            case MethodArgumentNotValidException invalid ->
                Problem.of(Refusal.INVALID_PARAMETER, fields(invalid.getBindingResult().getFieldErrors().stream()));
            case MissingServletRequestParameterException missing ->
                Problem.of(Refusal.INVALID_PARAMETER, missing.getParameterName() + " is required");
            case MethodArgumentTypeMismatchException mismatch ->
                Problem.of(Refusal.INVALID_PARAMETER, mismatch.getName() + " has the wrong type");
            case InvalidBearerTokenException invalid -> Problem.of(Refusal.TOKEN_INVALID);
            case AuthenticationServiceException down -> unavailable(down);
            case AuthenticationException unauthenticated -> Problem.of(Refusal.UNAUTHENTICATED);
            case AccessDeniedException denied -> Problem.of(Refusal.FORBIDDEN);
            case AsyncRequestTimeoutException slow -> Problem.of(Refusal.RETRY_LATER);
            case TransientDataAccessException busy -> unavailable(busy);
            case DataAccessResourceFailureException down -> unavailable(down);
            case CannotCreateTransactionException down -> unavailable(down);
            case ErrorResponse response ->
                Problem.ofStatus(response.getStatusCode().value());
            // Thrown by the request's accessors when a value cannot be decoded.
            case HttpException unreadable -> Problem.ofStatus(unreadable.getCode());
            case RequestRejectedException unreadable -> Problem.of(Refusal.INVALID_PARAMETER);
            case MultipartException unreadable -> Problem.of(Refusal.UNSUPPORTED_MEDIA_TYPE);
            case InvalidMimeTypeException unreadable -> Problem.of(Refusal.INVALID_PARAMETER);
            case InvalidMediaTypeException unreadable -> Problem.of(Refusal.INVALID_PARAMETER);
            default -> {
                log.error("A request failed and is answered with status 500: {}", ExceptionSummary.describe(thrown));
                yield Problem.of(Refusal.INTERNAL_ERROR);
            }
        };
    }

    /** The refusal for a bare status of a framework. */
    static Refusal ofStatus(HttpStatusCode status) {
        return switch (status.value()) {
            case 401 -> Refusal.UNAUTHENTICATED;
            case 403 -> Refusal.FORBIDDEN;
            case 404 -> Refusal.NOT_FOUND;
            case 405 -> Refusal.METHOD_NOT_ALLOWED;
            case 413, 414, 431 -> Refusal.PAYLOAD_TOO_LARGE;
            case 415 -> Refusal.UNSUPPORTED_MEDIA_TYPE;
            case 429 -> Refusal.RATE_LIMITED;
            case 503 -> Refusal.RETRY_LATER;
            default -> status.is4xxClientError() ? Refusal.INVALID_PARAMETER : Refusal.INTERNAL_ERROR;
        };
    }

    private static Problem unavailable(Exception failure) {
        log.warn(
                "A request is refused because a server that it needs does not answer: {}",
                ExceptionSummary.describe(failure));
        return Problem.of(Refusal.RETRY_LATER);
    }

    private static String fields(Stream<FieldError> errors) {
        return errors.map(error -> error.getField() + " " + error.getDefaultMessage())
                .sorted()
                .collect(Collectors.joining("; "));
    }
}
