import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.function.UnaryOperator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

final class WebhookSignature {
    // Better kept outside of the code, in an environment variable.
    private static final String SECRET = "whsec_REPLACE+THIS+WITH+THE+SECRET+OF+YOUR";
    private static final long TOLERANCE_SECONDS = 300;

    // header: request::getHeader; body: the raw bytes as they came, request.getInputStream().readAllBytes()
    static boolean isSigned(UnaryOperator<String> header, byte[] body) throws GeneralSecurityException {
        String id = header.apply("webhook-id");
        String timestamp = header.apply("webhook-timestamp");
        String signatures = header.apply("webhook-signature");
        if (id == null || timestamp == null || signatures == null) return false;
        if (!timestamp.matches("[0-9]{1,12}")) return false;
        long age = Math.abs(Instant.now().getEpochSecond() - Long.parseLong(timestamp));
        if (age > TOLERANCE_SECONDS) return false;

        byte[] key = Base64.getDecoder().decode(SECRET.substring("whsec_".length()));
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        mac.update((id + "." + timestamp + ".").getBytes(UTF_8));
        String signature = Base64.getEncoder().encodeToString(mac.doFinal(body));
        byte[] expected = ("v1," + signature).getBytes(UTF_8);
        // Several while a secret is being replaced: one that fits is enough.
        for (String entry : signatures.split(" ")) {
            if (MessageDigest.isEqual(entry.getBytes(UTF_8), expected)) return true;
        }
        return false;
    }
}
