using System.Text.Json;

namespace Baotou.Payouts.Web.Routing;

/// <summary>A refusal as RFC 9457 problem details. Codes are part of the contract: texts may change, codes may not.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Code">Stable code.</param>
/// <param name="Title">The kind of problem, English.</param>
/// <param name="TitleZh">The kind of problem, Chinese.</param>
/// <param name="Detail">What, where, and what to do; empty if the title says all.</param>
internal sealed record Problem(int Status, string Code, string Title, string TitleZh, string Detail = "")
{
    /// <summary>Nothing is there, or nothing the caller may know of: both are answered alike.</summary>
    public static readonly Problem NotFound = new(404, "not-found", "There is nothing here for you.", "此处没有您可查看的内容");

    public static readonly Problem MethodNotAllowed = new(405, "method-not-allowed", "This cannot be done here.", "不支持此操作");

    public static readonly Problem NoToken = new(401, "no-token", "Say who you are: send a bearer token.", "请出示身份令牌");

    public static readonly Problem InvalidToken = new(401, "invalid-token", "The token proves nothing.", "身份令牌无效");

    public static readonly Problem Forbidden = new(403, "forbidden", "Your role may not do this.", "您的角色无权执行此操作");

    public static readonly Problem Stopped = new(409, "stopped", "This is stopped for now.", "该事项已暂停办理");

    public static readonly Problem TooMany = new(429, "too-many-requests", "Too many requests; wait a little.", "请求过于频繁，请稍候");

    public static readonly Problem TooLarge = new(413, "body-too-large", "The body is too large.", "请求内容过大");

    public static readonly Problem TookTooLong = new(
        503,
        "took-too-long",
        "This took too long and was given up; ask again.",
        "处理超时，请稍后重试"
    );

    public static readonly Problem Broken = new(
        500,
        "internal-error",
        "Something is broken here; it has been noted.",
        "系统内部错误，已记录"
    );

    public static readonly Problem BadRequest = new(400, "bad-request", "The request cannot be understood.", "请求无法识别");

    public static readonly Problem Conflict = new(409, "conflict", "This does not fit the present state.", "与当前状态不符");

    public static readonly Problem ChangedSince = new(412, "changed-since", "It changed since you looked at it.", "内容已变更，请重新查看");

    public static readonly Problem KeyReused = new(
        422,
        "idempotency-key-reused",
        "This idempotency key was used for something else.",
        "该幂等键已用于其他请求"
    );

    /// <summary>All problems, for the documentation.</summary>
    public static readonly IReadOnlyList<Problem> All =
    [
        BadRequest,
        NoToken,
        InvalidToken,
        Forbidden,
        NotFound,
        MethodNotAllowed,
        Conflict,
        Stopped,
        ChangedSince,
        TooLarge,
        KeyReused,
        TooMany,
        Broken,
        TookTooLong,
    ];

    /// <summary>How a code is written as the problem's type.</summary>
    public string Type => "urn:baotou-payouts:problem:" + Code;

    /// <summary>Writes it, with the request's id for asking back.</summary>
    public void Write(Utf8JsonWriter json, string requestId)
    {
        json.WriteStartObject();
        json.WriteString("type", Type);
        json.WriteString("title", Title);
        json.WriteString("titleZh", TitleZh);
        json.WriteNumber("status", Status);
        if (Detail.Length > 0)
            json.WriteString("detail", Detail);
        json.WriteString("code", Code);
        json.WriteString("requestId", requestId);
        json.WriteEndObject();
    }
}
