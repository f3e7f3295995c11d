package chat.parley.cli;

/** The server refused a request. */
final class RefusedByServer extends Exception {
    private static final long serialVersionUID = 1L;

    private final String code;

    /**
     * @param code the stable code, such as {@code forbidden}
     * @param detail the server's sentence
     */
    RefusedByServer(String code, String detail) {
        super(detail + " (" + code + ")");
        this.code = code;
    }

    /** What to do next; empty if the server's sentence says it. */
    String advice() {
        return switch (code) {
            case "unauthenticated", "token-invalid", "token-expired" -> "Log in again with `parley login`.";
            case "forbidden" -> "Ask an admin for the role, or use the account that has it.";
            case "rebuild-running" -> "Follow it with `parley rebuild --follow`.";
            case "search-off" -> "This server has no search; rebuild `read-model` instead.";
            case "on-hold" -> "Have another auditor lift the hold with `parley hold lift`.";
            case "second-person-required" -> "Another auditor than the one who placed the hold has to lift it.";
            case "outcome-unknown" -> "Look whether it was done before you repeat the command.";
            case "retry-later", "search-starting", "search-unavailable", "not-logged-yet", "rate-limited" ->
                "Repeat the command in a moment.";
            default -> "";
        };
    }
}
