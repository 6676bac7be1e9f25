# Terms of the trade.

mode-sea = بحري
mode-air = جوي
mode-rail = سكك حديدية
mode-road = بري
