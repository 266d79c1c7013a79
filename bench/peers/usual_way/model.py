"""The recipe attention-bce written with PyTorch. Legend: B lists, K places, F columns, P pieces, D width."""

import torch
import torch.nn.functional as F
from torch import nn

WIDTH, BLOCKS, HEADS, INNER, DROPOUT, PIECES, EMBEDDED = 64, 2, 4, 128, 0.1, 4, 8


class Curves(nn.Module):
    """A straight line and, between the quantiles of the training part, a bent one."""

    def __init__(self, values: torch.Tensor, inputs: int) -> None:
        super().__init__()
        self.straight = nn.Linear(inputs, WIDTH)
        knots = torch.quantile(values[:100_000], torch.linspace(0, 1, PIECES + 1), dim=0).T.contiguous()
        self.register_buffer("low", knots[:, :-1])
        self.register_buffer("extent", (knots[:, 1:] - knots[:, :-1]).clamp_min(1e-3))
        self.bent = nn.Linear(values.shape[1] * PIECES, WIDTH, bias=False)

    def forward(self, values: torch.Tensor, more: list[torch.Tensor] = []) -> torch.Tensor:
        passed = ((values.unsqueeze(-1) - self.low) / self.extent).clamp(0, 1)
        return self.straight(torch.cat([values, *more], -1)) + self.bent(passed.flatten(-2))


class Block(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.attention_norm, self.inner_norm = nn.LayerNorm(WIDTH), nn.LayerNorm(WIDTH)
        self.projections, self.output = nn.Linear(WIDTH, 3 * WIDTH), nn.Linear(WIDTH, WIDTH)
        self.expand, self.contract = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)

    def forward(self, x: torch.Tensor, present: torch.Tensor | None) -> torch.Tensor:
        B, K, D = x.shape
        query, key, value = self.projections(self.attention_norm(x)).view(B, K, 3, HEADS, D // HEADS).permute(2, 0, 3, 1, 4).unbind(0)
        mixed = F.scaled_dot_product_attention(query, key, value, attn_mask=present)
        x = x + F.dropout(self.output(mixed.transpose(1, 2).reshape(B, K, D)), DROPOUT, self.training)
        return x + F.dropout(self.contract(F.relu(self.expand(self.inner_norm(x)))), DROPOUT, self.training)


class Scorer(nn.Module):
    def __init__(self, features, train: torch.Tensor, base_rate: float) -> None:
        super().__init__()
        tables = [torch.from_numpy(table) for table in features.item_tokens]
        user_tables = [torch.from_numpy(table) for table in features.user_tokens]
        bag = lambda table: nn.EmbeddingBag(int(table.max()) + 1, EMBEDDED, mode="mean", padding_idx=0)
        self.item_bags = nn.ModuleList(bag(table) for table in tables)
        self.user_bags = nn.ModuleList(bag(table) for table in user_tables)
        for each in [*self.item_bags, *self.user_bags]:
            nn.init.normal_(each.weight, std=0.05)
        self.tables, self.user_table = tables, user_tables
        self.item_dense = torch.from_numpy(features.item)
        slots, mask = torch.from_numpy(features.slot)[train], torch.from_numpy(features.mask)[train]
        self.item = Curves(self.item_dense, features.item.shape[1] + EMBEDDED * len(tables))
        self.slot = Curves(slots[mask > 0], slots.shape[-1])
        context = torch.from_numpy(features.context)
        self.context = Curves(context[train], context.shape[1] + EMBEDDED * len(user_tables))
        self.place = nn.Parameter(torch.randn(features.slot.shape[1], WIDTH) * 0.02)
        self.blocks = nn.ModuleList(Block() for _ in range(BLOCKS))
        self.norm, self.logit = nn.LayerNorm(WIDTH), nn.Linear(WIDTH, 1)
        for layer in self.modules():
            if isinstance(layer, nn.Linear):
                nn.init.xavier_uniform_(layer.weight)
                if layer.bias is not None:
                    nn.init.zeros_(layer.bias)
        for curves in (self.item, self.slot, self.context):
            nn.init.zeros_(curves.bent.weight)
        nn.init.zeros_(self.logit.weight)
        nn.init.constant_(self.logit.bias, torch.logit(torch.tensor(base_rate)).item())
        self.full = bool((features.mask > 0).all())

    def forward(self, slot, context, item_of, user_of, mask):
        distinct, place = torch.unique(item_of, return_inverse=True)
        bags = [bag(table[distinct]) for bag, table in zip(self.item_bags, self.tables)]
        items = self.item(self.item_dense[distinct], bags)
        of_user = [bag(table[user_of]) for bag, table in zip(self.user_bags, self.user_table)]
        x = items[place] + self.slot(slot) + self.context(context, of_user).unsqueeze(1) + self.place
        present = None if self.full else (mask > 0)[:, None, None, :]
        for block in self.blocks:
            x = block(x, present)
        return self.logit(self.norm(x)).squeeze(-1)
