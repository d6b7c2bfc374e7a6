<?php

// Better kept outside of the code, in an environment variable.
const SECRET = "whsec_REPLACE+THIS+WITH+THE+SECRET+OF+YOUR";
const TOLERANCE_SECONDS = 300;

// $headers: getallheaders(); $body: the raw bytes as they came, file_get_contents("php://input")
function is_signed(array $headers, string $body): bool
{
    $headers = array_change_key_case($headers);
    $id = $headers["webhook-id"] ?? "";
    $timestamp = $headers["webhook-timestamp"] ?? "";
    if (!preg_match('/^\d{1,12}$/D', $timestamp) || abs(time() - (int) $timestamp) > TOLERANCE_SECONDS) {
        return false;
    }

    $key = base64_decode(substr(SECRET, strlen("whsec_")));
    $signature = base64_encode(hash_hmac("sha256", "{$id}.{$timestamp}.{$body}", $key, true));
    // Several while a secret is being replaced: one that fits is enough.
    foreach (explode(" ", $headers["webhook-signature"] ?? "") as $entry) {
        if (hash_equals("v1,{$signature}", $entry)) {
            return true;
        }
    }
    return false;
}
